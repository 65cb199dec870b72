package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Node 1 follows node 3 and proposes: what it sends to its leader, when, and how much of
 * it at once. Every proposal is equally long.
 */
class ProposingTests {

	private static final Ballot FIRST = new Ballot(1, 5, 0, new NodeId(3));

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private static final Payload TEXT = Payload.ofText("x");

	private static final int SIZE = Entry.OVERHEAD + 1;

	private final SingleReplica node = proposer(new Limits(1000, 9 * SIZE, 10_000, 2 * SIZE, 5 * SIZE, 0));

	@Test
	void sendsNothingToALeaderThatItIsNotInStepWith() {
		this.node.hear(3, new Prepare(FIRST, EMPTY));

		append(1);

		assertThat(proposed()).isEmpty();
		assertThat(this.node.replica().status().pending()).isOne();
	}

	@Test
	void sendsWhatWaitedAsSoonAsItIsInStep() {
		append(2);

		follow();

		assertThat(proposed()).containsExactly("1-2");
	}

	@Test
	void sendsEachProposalOnce() {
		follow();

		append(1);
		append(1);

		assertThat(proposed()).containsExactly("1-1", "2-2");
	}

	@Test
	void sendsAtMostAWindowInPieces() {
		follow();

		append(9);

		assertThat(proposed()).containsExactly("1-2", "3-4", "5-5");
	}

	@Test
	void whatIsDecidedOpensTheWindow() {
		follow();
		append(9);
		proposed();

		decide(1, 2);

		assertThat(proposed()).containsExactly("6-7");
		assertThat(this.node.replica().status()).extracting(ReplicaStatus::pending, ReplicaStatus::pendingBytes)
			.containsExactly(7, 7L * SIZE);
	}

	@Test
	void sendsEverythingAgainThatDoesNotMoveForAResendTimeout() {
		follow();
		append(3);
		proposed();

		this.node.tick(10);
		assertThat(proposed()).isEmpty();
		this.node.tick(10);
		assertThat(proposed()).containsExactly("1-2", "3-3");
	}

	@Test
	void sendsNothingAgainWhileProposalsAreDecided() {
		follow();
		append(3);
		this.node.tick(10);
		decide(1, 1);
		proposed();

		this.node.tick(10);

		assertThat(proposed()).isEmpty();
	}

	@Test
	void sendsEverythingAgainToALeaderThatIsBack() {
		follow();
		append(3);
		proposed();

		this.node.replica().reconnected(new NodeId(3));
		this.node.settle();

		assertThat(proposed()).containsExactly("1-2", "3-3");
	}

	@Test
	void sendsEverythingAgainToANewLeader() {
		follow();
		append(3);
		proposed();

		Ballot next = new Ballot(1, 6, 0, new NodeId(2));
		this.node.hear(2, new Prepare(next, EMPTY));
		this.node.hear(2, new AcceptSync(next, new LogPosition(FIRST, 0, 0), 0, List.of(), 0));

		assertThat(proposed()).containsExactly("1-2", "3-3");
	}

	@Test
	void goesOnFromWhatItsLeaderExpects() {
		follow();
		append(9);
		proposed();

		this.node.hear(3, new Expect(1, 3));
		assertThat(proposed()).containsExactly("3-4", "5-5");
		this.node.hear(3, new Expect(1, 1));
		assertThat(proposed()).containsExactly("1-2", "3-4", "5-5");
	}

	@Test
	void sendsNothingThatItsLeaderHas() {
		follow();
		append(9);
		proposed();

		this.node.hear(3, new Expect(1, 10));
		decide(1, 2);

		assertThat(proposed()).isEmpty();
	}

	@Test
	void doesNotGoOnFromWhatIsDecidedOrWasNeverProposed() {
		follow();
		append(3);
		decide(1, 2);
		proposed();

		this.node.hear(3, new Expect(1, 2));
		this.node.hear(3, new Expect(1, 5));

		assertThat(proposed()).isEmpty();
	}

	@Test
	void sendsEverythingAgainToALeaderThatExpectsAFormerLife() {
		follow();
		append(3);
		proposed();

		this.node.hear(3, new Expect(0, 1));

		assertThat(proposed()).containsExactly("1-2", "3-3");
	}

	@Test
	void believesOnlyItsLeader() {
		follow();
		append(3);
		proposed();

		this.node.hear(2, new Expect(1, 1));

		assertThat(proposed()).isEmpty();
	}

	private static SingleReplica proposer(Limits limits) {
		return new SingleReplica(ClusterConfig.of(1, 1, 2, 3),
				SingleReplica.settings().withElectionTickTimeout(1000).withLimits(limits), null);
	}

	private void follow() {
		this.node.hear(3, new Prepare(FIRST, EMPTY));
		this.node.hear(3, new AcceptSync(FIRST, EMPTY, 0, List.of(), 0));
	}

	private void append(int count) {
		for (int i = 0; i < count; i++) {
			this.node.replica().append(TEXT);
		}
		this.node.settle();
	}

	/** The leader has proposals of this node's first life decided, and tells so. */
	private void decide(long first, long last) {
		List<Entry> entries = new ArrayList<>();
		LongStream.rangeClosed(first, last).forEach((seq) -> entries.add(new Entry.Command(id(seq), TEXT)));
		this.node.hear(3, new AcceptDecide(FIRST, first - 1, entries, last));
	}

	private static ProposalId id(long seq) {
		return new ProposalId(SingleReplica.SELF, 1, seq);
	}

	/** Returns which proposals went to a leader, and forgets all that was sent. */
	private List<String> proposed() {
		List<String> ranges = this.node.sent.stream()
			.filter((envelope) -> envelope.message() instanceof Propose)
			.map((envelope) -> ((Propose) envelope.message()).entries())
			.map((entries) -> entries.get(0).id().seq() + "-" + entries.get(entries.size() - 1).id().seq())
			.toList();
		this.node.sent.clear();
		return ranges;
	}

}
