package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.message.ProposalMessage.Expect;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.SingleReplica.SELF;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a node does about proposals of its own that are not decided, as the follower of
 * node 3; and what a leader does about those of a node whose session counter went back.
 */
class ProposalsTests {

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private static final Ballot OF_N3 = new Ballot(1, 5, 0, new NodeId(3));

	private final SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3));

	@Test
	void waitForALeaderAndThenGoToItInTheirOrder() {
		append("a");
		append("b");
		assertThat(this.node.sentTo(3, Propose.class)).isEmpty();

		follow();

		assertThat(proposed()).containsExactly(id(1, 1), id(1, 2));
	}

	@Test
	void areSentAgainFromTheFirstOnWhenNothingHasMovedForAResendTimeout() {
		follow();
		append("a");
		append("b");
		this.node.sent.clear();

		this.node.tick(20);

		assertThat(proposed()).startsWith(id(1, 1), id(1, 2));
	}

	@Test
	void goOnFromWhatTheLeaderExpects() {
		follow();
		append("a");
		append("b");
		append("c");
		this.node.sent.clear();

		this.node.hear(3, new Expect(1, 2));

		assertThat(proposed()).containsExactly(id(1, 2), id(1, 3));
	}

	/** The leader knows an earlier life of this node only. */
	@Test
	void beginWithTheFirstWhenTheLeaderExpectsAnEarlierSession() {
		this.node.restart();
		follow();
		append("a");
		append("b");
		this.node.sent.clear();

		this.node.hear(3, new Expect(1, 8));

		assertThat(proposed()).containsExactly(id(2, 1), id(2, 2));
	}

	/**
	 * As after a storage was restored from a copy. Under the numbers of the stale session
	 * other entries may have been decided: what is pending must never be taken for them.
	 */
	@Test
	void takeAHigherSessionWhenALaterLifeOfThisNodeIsKnown() {
		follow();
		append("lost track of");
		this.node.sent.clear();

		this.node.hear(3, new Expect(7, 4));

		assertThat(this.node.noticed(Notice.ProposalUnknown.class)).extracting(Notice.ProposalUnknown::id)
			.containsExactly(id(1, 1));
		assertThat(this.node.replica().session()).isEqualTo(8);
		append("after");
		assertThat(proposed()).containsExactly(id(8, 1));

		this.node.restart();
		assertThat(this.node.replica().session()).as("the session after a restart").isEqualTo(9);
	}

	@Test
	void ofAStaleSessionAreNotAdmittedAndTheirProposerIsTold() {
		this.node.replica().tryBecomeLeader();
		this.node.settle();
		this.node.hear(2, new Promise(this.node.replica().status().promise(), EMPTY));
		this.node.hear(3, new Propose(List.of(entryOfN3(4, 1), entryOfN3(4, 2))));
		this.node.sent.clear();

		this.node.hear(3, new Propose(List.of(entryOfN3(2, 1))));

		assertThat(this.node.replica().indexes().accepted()).isEqualTo(2);
		assertThat(this.node.sentTo(3, Expect.class)).containsExactly(new Expect(4, 3));
	}

	private void follow() {
		this.node.hear(3, new Prepare(OF_N3, EMPTY));
		this.node.hear(3, new AcceptSync(OF_N3, EMPTY, 0, List.of(), 0));
	}

	private void append(String text) {
		this.node.replica().append(Payload.ofText(text));
		this.node.settle();
	}

	private List<ProposalId> proposed() {
		return this.node.sentTo(3, Propose.class)
			.stream()
			.flatMap((propose) -> propose.entries().stream())
			.map(Entry::id)
			.toList();
	}

	private static ProposalId id(long session, long seq) {
		return new ProposalId(SELF, session, seq);
	}

	private static Entry entryOfN3(long session, long seq) {
		return new Entry.Command(new ProposalId(new NodeId(3), session, seq), Payload.ofText("of n3"));
	}

}
