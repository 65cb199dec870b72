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
 * Node 1 follows node 3 and proposes: what it keeps until it is decided, how much of it,
 * and what ends the wait otherwise.
 */
class PendingProposalsTests {

	private static final Ballot FIRST = new Ballot(1, 5, 0, new NodeId(3));

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private static final Payload TEXT = Payload.ofText("x");

	private static final int SIZE = Entry.OVERHEAD + 1;

	private final SingleReplica node = proposer(new Limits(1000, 9 * SIZE, 10_000, 2 * SIZE, 5 * SIZE, 0));

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
		this.node.hear(2, new SnapshotPiece(FIRST, 0, new SnapshotId(0, 4), content.size(), 0, content, sessions));

		assertThat(this.node.replica().status().pending()).isEqualTo(5);
		assertThat(proposed()).containsExactly("6-7", "8-9");
	}

	@Test
	void aSnapshotWithoutProposalsOfThisNodeSettlesNone() {
		follow();
		append(2);

		SessionTable sessions = new SessionTable(Map.of(new NodeId(2), new ProposalId(new NodeId(2), 1, 4)));
		Payload content = Payload.ofText("four entries");
		this.node.hear(2, new SnapshotPiece(FIRST, 0, new SnapshotId(0, 4), content.size(), 0, content, sessions));

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

		assertThatExceptionOfType(OverloadedException.class)
			.isThrownBy(() -> tiny.replica().append(List.of(TEXT, TEXT)));
		tiny.replica().append(TEXT);
		assertThatExceptionOfType(OverloadedException.class).isThrownBy(() -> tiny.replica().append(TEXT));
	}

	@Test
	void anEntryMayBeAsLongAsItsLimitAndNoLonger() {
		SingleReplica small = proposer(new Limits(3, 10_000, 10_000, SIZE, SIZE, 0));

		small.replica().append(Payload.ofText("123"));
		assertThatIllegalArgumentException().isThrownBy(() -> small.replica().append(Payload.ofText("1234")))
			.withMessageContaining("4 bytes");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> small.replica().reconfigure(ClusterConfig.of(2, 1, 2), Payload.ofText("1234")));
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
