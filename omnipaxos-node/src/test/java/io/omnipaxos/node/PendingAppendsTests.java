package io.omnipaxos.node;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.LogSealedException;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each proposal gets the one answer that is meant for it.
 */
class PendingAppendsTests {

	private static final NodeId SELF = new NodeId(1);

	private static final NodeId OTHER = new NodeId(2);

	private static final int SIZE = 10;

	private final AppendBudget budget = new AppendBudget(1_000_000);

	private final PendingAppends pending = new PendingAppends(SELF, this.budget);

	private final List<String> answers = new ArrayList<>();

	@Test
	void ownProposalsAreAnsweredWithTheirIndexes() {
		propose(7, 1, 2, 3);
		this.pending.decided(10, List.of(entry(OTHER, 7, 1), entry(SELF, 7, 1), entry(SELF, 7, 2)));
		assertThat(this.answers).containsExactly("7.1 at 11", "7.2 at 12");
		this.pending.decided(13, List.of(entry(OTHER, 7, 3), entry(SELF, 6, 3)));
		assertThat(this.answers).hasSize(2);
		this.pending.decided(15, List.of(entry(SELF, 7, 3)));
		assertThat(this.answers).endsWith("7.3 at 15");
		assertThat(this.budget.isUnused()).isTrue();
	}

	@Test
	void manyArePendingAtOnce() {
		List<Entry> entries = new ArrayList<>();
		for (int seq = 1; seq <= 1000; seq++) {
			propose(1, seq);
			entries.add(entry(SELF, 1, seq));
			if (seq % 3 == 0) {
				this.pending.decided(seq - 3, List.copyOf(entries));
				entries.clear();
			}
		}
		propose(1, 1001);
		assertThat(this.answers).hasSize(999).endsWith("1.999 at 998");
		this.pending.decided(999, List.of(entry(SELF, 1, 1000), entry(SELF, 1, 1001)));
		assertThat(this.answers).hasSize(1001).endsWith("1.1001 at 1000");
	}

	@Test
	void whatASnapshotCoversIsDecidedSomewhere() {
		propose(7, 1, 2, 3);
		this.pending.covered(new SessionTable(List.of(new ProposalId(OTHER, 7, 9))));
		this.pending.covered(new SessionTable(List.of(new ProposalId(SELF, 6, 9))));
		assertThat(this.answers).isEmpty();
		this.pending.covered(new SessionTable(List.of(new ProposalId(SELF, 7, 2))));
		assertThat(this.answers).containsExactly("7.1 at -1", "7.2 at -1");
		this.pending.decided(20, List.of(entry(SELF, 7, 3)));
		assertThat(this.answers).endsWith("7.3 at 20");
	}

	@Test
	void aSessionThatIsLeftIsAnsweredOnItsOwn() {
		propose(7, 1, 2);
		propose(9, 1);
		this.pending.decided(0, List.of(entry(SELF, 9, 1)));
		this.pending.unknown(new ProposalId(SELF, 7, 2));
		this.pending.unknown(new ProposalId(SELF, 7, 1));
		assertThat(this.answers).containsExactly("9.1 at 0", "7.2 OutcomeUnknownException",
				"7.1 OutcomeUnknownException");
		assertThat(this.budget.isUnused()).isTrue();
	}

	@Test
	void whatIsRefusedIsSkippedByWhatFollows() {
		propose(1, 1, 2, 3);
		this.pending.refused(new ProposalId(SELF, 1, 2));
		this.pending.decided(0, List.of(entry(SELF, 1, 1), entry(SELF, 1, 3)));
		assertThat(this.answers).containsExactly("1.2 " + LogSealedException.class.getSimpleName(), "1.1 at 0",
				"1.3 at 1");
	}

	@Test
	void theEndLeavesNobodyWaiting() {
		propose(1, 1, 2);
		propose(2, 1);
		this.pending.failAll(new OutcomeUnknownException("stopped"));
		assertThat(this.answers).containsExactly("1.1 OutcomeUnknownException", "1.2 OutcomeUnknownException",
				"2.1 OutcomeUnknownException");
		assertThat(this.budget.isUnused()).isTrue();
	}

	private void propose(long session, long... seqs) {
		for (long seq : seqs) {
			assertThat(this.budget.reserve(SIZE)).isTrue();
			this.pending.add(new ProposalId(SELF, session, seq), new Recorder(session + "." + seq));
		}
	}

	private static Entry entry(NodeId pid, long session, long seq) {
		return new Entry.Command(new ProposalId(pid, session, seq), Payload.EMPTY);
	}

	private final class Recorder implements PendingAppend {

		private final String name;

		Recorder(String name) {
			this.name = name;
		}

		@Override
		public int size() {
			return SIZE;
		}

		@Override
		public void decided(Appended where) {
			PendingAppendsTests.this.answers.add(this.name + " at " + where.index());
		}

		@Override
		public void failed(RuntimeException reason) {
			PendingAppendsTests.this.answers.add(this.name + " " + reason.getClass().getSimpleName());
		}

	}

}
