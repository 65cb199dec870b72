package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.CatchUpMessage.SnapshotPiece;
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
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Node 1 follows node 3 and proposes: what it sends to its leader, when, how much of it
 * at once, and what it keeps. Every proposal is equally long.
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

	/** Its storage has gone back, say to a copy: nobody can tell what became of them. */
	@Test
	void beginsAnotherLifeWhenALaterOneOfItIsKnown() {
		follow();
		append(2);

		this.node.hear(3, new Expect(7, 4));

		assertThat(this.node.noticed(Notice.ProposalUnknown.class)).extracting((unknown) -> unknown.id().seq())
			.containsExactly(1L, 2L);
		assertThat(this.node.replica().session()).isEqualTo(8);
		assertThat(this.node.storage.load().session()).isEqualTo(8);
		assertThat(this.node.replica().append(TEXT)).isEqualTo(new ProposalId(SingleReplica.SELF, 8, 1));
		this.node.settle();
		assertThat(this.node.sentTo(3, Propose.class)).last()
			.satisfies((propose) -> assertThat(propose.entries()).extracting((entry) -> entry.id().session())
				.containsExactly(8L));
	}

	/** The snapshot has taken their place, and their indexes are not known. */
	@Test
	void whatASnapshotCoversIsNoLongerPending() {
		follow();
		append(9);
		proposed();

		SessionTable sessions = new SessionTable(Map.of(SingleReplica.SELF, id(4)));
		Payload content = Payload.ofText("four entries");
		this.node.hear(2,
				new SnapshotPiece(FIRST, 0, new SnapshotId(0, 4), content.size(), 0, content, sessions));

		assertThat(this.node.replica().status().pending()).isEqualTo(5);
		assertThat(proposed()).containsExactly("6-7", "8-9");
	}

	@Test
	void aSnapshotWithoutProposalsOfThisNodeSettlesNone() {
		follow();
		append(2);

		SessionTable sessions = new SessionTable(Map.of(new NodeId(2), new ProposalId(new NodeId(2), 1, 4)));
		Payload content = Payload.ofText("four entries");
		this.node.hear(2,
				new SnapshotPiece(FIRST, 0, new SnapshotId(0, 4), content.size(), 0, content, sessions));

		assertThat(this.node.replica().status().pending()).isEqualTo(2);
	}

	@Test
	void whatAFormerLifeProposedSettlesNothing() {
		this.node.restart();
		follow();
		append(1);

		decide(1, 1);

		assertThat(this.node.replica().status().pending()).isOne();
	}

	@Test
	void keepsAsMuchPendingAsItsLimitSays() {
		append(9);

		assertThat(this.node.replica().status().pendingBytes()).isEqualTo(9L * SIZE);
		assertThatExceptionOfType(OverloadedException.class).isThrownBy(() -> append(1));
		assertThatExceptionOfType(OverloadedException.class)
			.isThrownBy(() -> this.node.replica().reconfigure(ClusterConfig.of(2, 1, 2), Payload.EMPTY));
	}

	/** Else an entry that is allowed could never be appended. */
	@Test
	void oneEntryMayWaitHoweverLowTheLimit() {
		SingleReplica tiny = proposer(new Limits(1000, 10, 10_000, SIZE, SIZE, 0));

		assertThatExceptionOfType(OverloadedException.class).isThrownBy(() -> tiny.replica().append(List.of(TEXT, TEXT)));
		tiny.replica().append(TEXT);
		assertThatExceptionOfType(OverloadedException.class).isThrownBy(() -> tiny.replica().append(TEXT));
	}

	@Test
	void anEntryMayBeAsLongAsItsLimitAndNoLonger() {
		SingleReplica small = proposer(new Limits(3, 10_000, 10_000, SIZE, SIZE, 0));

		small.replica().append(Payload.ofText("123"));
		assertThatIllegalArgumentException().isThrownBy(() -> small.replica().append(Payload.ofText("1234")))
			.withMessageContaining("4 bytes");
		assertThatIllegalArgumentException().isThrownBy(
				() -> small.replica().reconfigure(ClusterConfig.of(2, 1, 2), Payload.ofText("1234")));
	}

	@Test
	void nothingIsPendingOnceTheLogHasEnded() {
		follow();
		append(2);
		Entry stopSign = new Entry.StopSign(new ProposalId(new NodeId(3), 1, 1), ClusterConfig.of(2, 1, 2),
				Payload.EMPTY);

		this.node.hear(3, new AcceptDecide(FIRST, 0, List.of(stopSign), 1));

		assertThat(this.node.replica().status().pending()).isZero();
		assertThat(this.node.noticed(Notice.ProposalRefused.class)).hasSize(2);
	}

	/** Node 3's leadership is known to whoever asks, and told once. */
	@Test
	void tellsWhomItFollows() {
		assertThat(this.node.replica().leader()).isNull();

		follow();
		follow();

		assertThat(this.node.replica().leader()).isEqualTo(new NodeId(3));
		assertThat(this.node.noticed(Notice.LeaderChanged.class))
			.containsExactly(new Notice.LeaderChanged(new NodeId(3), FIRST));
	}

	/** It promised its own ballot in a former life, and nobody leads in that any more. */
	@Test
	void isNotItsOwnLeaderAfterARestart() {
		this.node.replica().tryBecomeLeader();
		this.node.settle();
		assertThat(this.node.replica().leader()).isEqualTo(SingleReplica.SELF);

		this.node.restart();

		assertThat(this.node.replica().leader()).isNull();
		assertThat(this.node.replica().status().role()).isEqualTo(Role.SYNCING);
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
