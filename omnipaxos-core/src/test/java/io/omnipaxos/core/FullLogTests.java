package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Node 1 has no room for more entries. What is decided can be trimmed once it is durably
 * decided everywhere; usually the entries that follow take the news along, and here none
 * do.
 */
class FullLogTests {

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private final SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3));

	@Test
	void aFollowerWritesAndTellsAtOnceWhatIsDecided() {
		Ballot ballot = new Ballot(1, 5, 0, new NodeId(3));
		this.node.hear(3, new Prepare(ballot, EMPTY));
		this.node.hear(3, new AcceptSync(ballot, EMPTY, 0, entries(1, 2), 0));
		this.node.disk.full = true;
		this.node.sent.clear();

		this.node.hear(3, new AcceptDecide(ballot, 2, List.of(), 2));

		assertThat(this.node.sentTo(3, Accepted.class)).containsExactly(new Accepted(ballot, 2, 2, false));
	}

	@Test
	void aLeaderTrimsAtOnceWhatEveryNodeHasDecided() {
		this.node.replica().tryBecomeLeader();
		this.node.settle();
		Ballot ballot = this.node.replica().status().promise();
		this.node.hear(2, new Promise(ballot, EMPTY));
		this.node.hear(3, new Promise(ballot, EMPTY));
		this.node.replica().append(List.of(Payload.ofText("a"), Payload.ofText("b")));
		this.node.settle();
		this.node.disk.full = true;
		this.node.hear(2, new Accepted(ballot, 2, 0, false));
		this.node.hear(2, new Accepted(ballot, 2, 2, false));
		this.node.hear(3, new Accepted(ballot, 2, 2, false));

		this.node.replica().trim(2L);
		this.node.settle();

		assertThat(this.node.replica().indexes().compacted()).isEqualTo(2);
	}

	@Test
	void nothingIsWrittenTwice() {
		aLeaderTrimsAtOnceWhatEveryNodeHasDecided();
		this.node.writes.clear();

		this.node.tick(3);

		assertThat(this.node.writes).isEmpty();
	}

}
