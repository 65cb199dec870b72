package io.omnipaxos.core;

import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.CatchUpMessage.FetchDecided;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatRequest;
import io.omnipaxos.core.message.PrepareMessage.NotAccepted;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Node 1 of five prepares, and has to adopt the log of node 2, which falls silent. Nodes
 * 3 and 4 have all that is decided of it.
 */
class SilentSourceTests {

	private static final Ballot EARLIER = new Ballot(1, 1, 0, new NodeId(3));

	private final SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3, 4, 5),
			SingleReplica.settings().withElectionTickTimeout(100).withResendMessageTickTimeout(15), null);

	/** It would lose a period whenever its source, which may be gone, is asked anew. */
	@Test
	void staysWithWhoeverGivesWhatIsDecided() {
		prepareWhileOthersAreAhead();
		this.node.hear(2, new Promise(ballot(), new LogPosition(EARLIER, 9, 9)));
		assertThat(this.node.sentTo(2, FetchDecided.class)).containsExactly(new FetchDecided(0, null, 0));
		this.node.tick(5);
		this.node.hear(4, new DecidedPiece(ballot(), 0, entries(1, 2), 9));
		this.node.tick(30);
		assertThat(this.node.sentTo(3, FetchDecided.class)).contains(new FetchDecided(2, null, 0));
		this.node.hear(3, new DecidedPiece(ballot(), 2, entries(3, 4), 9));
		this.node.sent.clear();

		this.node.tick(15);

		assertThat(this.node.sentTo(2, FetchDecided.class)).isEmpty();
	}

	private void prepareWhileOthersAreAhead() {
		this.node.hear(3, new NotAccepted(Ballot.NONE, EARLIER));
		this.node.replica().tryBecomeLeader();
		this.node.settle();
		HeartbeatRequest round = this.node.sentTo(3, HeartbeatRequest.class).get(0);
		for (long pid = 3; pid <= 4; pid++) {
			this.node.hear(pid, new HeartbeatReply(round.session(), round.round(), new Ballot(1, 0, 0, new NodeId(pid)),
					ballot(), true, 9));
		}
		this.node.tick(100);
		this.node.hear(3, new Promise(ballot(), new LogPosition(Ballot.NONE, 0, 0)));
		this.node.sent.clear();
	}

	private Ballot ballot() {
		return this.node.replica().status().promise();
	}

}
