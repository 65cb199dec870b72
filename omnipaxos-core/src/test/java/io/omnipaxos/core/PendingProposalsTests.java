package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.CatchUpMessage.SnapshotPiece;
import io.omnipaxos.core.message.ProposalMessage.Expect;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
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

	private static final List<Entry> STOP_SIGN = List
		.of(new Entry.StopSign(new ProposalId(new NodeId(3), 1, 1), ClusterConfig.of(2, 1, 2), Payload.EMPTY));

	private final Proposer proposer = new Proposer();

	private final SingleReplica node = this.proposer.node;

	/** Its storage has gone back, say to a copy: nobody can tell what became of them. */
	@Test
	void beginsAnotherLifeWhenALaterOneOfItIsKnown() {
		this.proposer.follow();
		this.proposer.append(2);

		this.node.hear(3, new Expect(7, 4));

		assertThat(this.node.noticed(Notice.ProposalUnknown.class)).extracting((unknown) -> unknown.id().seq())
			.containsExactly(1L, 2L);
		assertThat(this.node.replica().session()).isEqualTo(8);
		assertThat(this.node.storage.load().session()).isEqualTo(8);
		assertThat(this.node.replica().append(Proposer.TEXT)).isEqualTo(new ProposalId(SingleReplica.SELF, 8, 1));
		this.node.settle();
		assertThat(this.node.sentTo(3, Propose.class)).last()
			.satisfies((propose) -> assertThat(propose.entries()).extracting((entry) -> entry.id().session())
				.containsExactly(8L));
	}

	/** The snapshot has taken their place, and their indexes are not known. */
	@Test
	void whatASnapshotCoversIsNoLongerPending() {
		this.proposer.follow();
		this.proposer.append(9);
		this.proposer.proposed();

		SessionTable sessions = new SessionTable(List.of(Proposer.id(4)));
		Payload content = Payload.ofText("four entries");
		this.node.hear(2,
				new SnapshotPiece(Proposer.FIRST, 0, new SnapshotId(0, 4), content.size(), 0, content, sessions));

		assertThat(this.node.replica().status().pending()).isEqualTo(5);
		assertThat(this.proposer.proposed()).containsExactly("6-7", "8-9");
	}

	@Test
	void aSnapshotWithoutProposalsOfThisNodeSettlesNone() {
		this.proposer.follow();
		this.proposer.append(2);

		SessionTable sessions = new SessionTable(List.of(new ProposalId(new NodeId(2), 1, 4)));
		Payload content = Payload.ofText("four entries");
		this.node.hear(2,
				new SnapshotPiece(Proposer.FIRST, 0, new SnapshotId(0, 4), content.size(), 0, content, sessions));

		assertThat(this.node.replica().status().pending()).isEqualTo(2);
	}

	@Test
	void whatAFormerLifeProposedSettlesNothing() {
		this.node.restart();
		this.proposer.follow();
		this.proposer.append(1);

		this.proposer.decide(1, 1);

		assertThat(this.node.replica().status().pending()).isOne();
	}

	@Test
	void keepsAsMuchPendingAsItsLimitSays() {
		this.proposer.append(9);

		assertThat(this.node.replica().status().pendingBytes()).isEqualTo(9L * Proposer.SIZE);
		assertThatExceptionOfType(OverloadedException.class).isThrownBy(() -> this.proposer.append(1));
		assertThatExceptionOfType(OverloadedException.class)
			.isThrownBy(() -> this.node.replica().reconfigure(ClusterConfig.of(2, 1, 2), Payload.EMPTY));
	}

	/** Else an entry that is allowed could never be appended. */
	@Test
	void oneEntryMayWaitHoweverLowTheLimit() {
		SingleReplica tiny = new Proposer(new Limits(1000, 10, 10_000, Proposer.SIZE, Proposer.SIZE, 0)).node;

		assertThatExceptionOfType(OverloadedException.class)
			.isThrownBy(() -> tiny.replica().append(List.of(Proposer.TEXT, Proposer.TEXT)));
		tiny.replica().append(Proposer.TEXT);
		assertThatExceptionOfType(OverloadedException.class).isThrownBy(() -> tiny.replica().append(Proposer.TEXT));
	}

	@Test
	void anEntryMayBeAsLongAsItsLimitAndNoLonger() {
		SingleReplica small = new Proposer(new Limits(3, 10_000, 10_000, Proposer.SIZE, Proposer.SIZE, 0)).node;

		small.replica().append(Payload.ofText("123"));
		assertThatIllegalArgumentException().isThrownBy(() -> small.replica().append(Payload.ofText("1234")))
			.withMessageContaining("4 bytes");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> small.replica().reconfigure(ClusterConfig.of(2, 1, 2), Payload.ofText("1234")));
	}

	@Test
	void nothingIsPendingOnceTheLogHasEnded() {
		this.proposer.follow();
		this.proposer.append(2);

		this.node.hear(3, new AcceptDecide(Proposer.FIRST, 0, STOP_SIGN, 1));

		assertThat(this.node.replica().status().pending()).isZero();
		assertThat(this.node.noticed(Notice.ProposalRefused.class)).hasSize(2);
	}

	@Test
	void aLogThatHasEndedTakesNothingAfterARestartEither() {
		this.proposer.follow();
		this.node.hear(3, new AcceptDecide(Proposer.FIRST, 0, STOP_SIGN, 1));

		this.node.restart();

		assertThatExceptionOfType(LogSealedException.class).isThrownBy(() -> this.proposer.append(1));
	}

	/** The next leader may adopt a log without it. */
	@Test
	void anUndecidedStopSignEndsNothingYet() {
		this.proposer.follow();
		this.node.hear(3, new AcceptDecide(Proposer.FIRST, 0, STOP_SIGN, 0));

		this.node.restart();
		this.proposer.append(1);

		assertThat(this.node.replica().status().pending()).isOne();
	}

}
