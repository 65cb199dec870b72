package io.omnipaxos.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.omnipaxos.core.Notice;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.node.IndexWaiters.Waiter;

/**
 * Everything that the core has been asked and callers wait for. For the replica's thread.
 */
final class Outstanding {

	private final PendingAppends appends;

	private final ReplicaCounters counters;

	private final PendingBarriers barriers = new PendingBarriers();

	private final IndexWaiters decided = new IndexWaiters();

	private List<Compaction> compactions = new ArrayList<>();

	Outstanding(PendingAppends appends, ReplicaCounters counters) {
		this.appends = appends;
		this.counters = counters;
	}

	void proposed(ProposalId id, PendingAppend append) {
		this.counters.appended(1);
		this.appends.add(id, append);
	}

	void barrier(long id, CompletableFuture<Long> answer) {
		this.barriers.add(id, answer);
	}

	boolean hasBarriers() {
		return this.barriers.size() > 0;
	}

	void awaitDecided(Waiter waiter) {
		this.decided.add(waiter);
	}

	void compaction(long index, boolean snapshot, CompletableFuture<Void> answer) {
		this.compactions.add(new Compaction(index, snapshot, answer));
	}

	/** Answers whom a notice concerns. */
	void answer(Notice notice) {
		if (notice instanceof Notice.Decided entries) {
			this.appends.decided(entries.from(), entries.entries());
		}
		else if (notice instanceof Notice.SnapshotInstalled installed) {
			this.appends.covered(installed.sessions());
		}
		else if (notice instanceof Notice.ProposalRefused refused) {
			this.appends.refused(refused.id());
		}
		else if (notice instanceof Notice.ProposalUnknown unknown) {
			this.appends.unknown(unknown.id());
		}
		else if (notice instanceof Notice.BarrierReached reached) {
			this.barriers.reached(reached.upTo(), reached.index());
		}
		else if (notice instanceof Notice.Compacted compacted) {
			answerCompactions(compacted);
		}
		else if (notice instanceof Notice.CompactionFailed failed) {
			failSnapshots(failed);
		}
	}

	/** Answers whoever waits for the log to be decided as far as {@code index}. */
	void decided(long index) {
		for (Waiter waiter = this.decided.poll(index); waiter != null; waiter = this.decided.poll(index)) {
			waiter.reached(index);
		}
	}

	private void answerCompactions(Notice.Compacted done) {
		List<Compaction> before = this.compactions;
		this.compactions = new ArrayList<>();
		for (Compaction compaction : before) {
			if (compaction.snapshot() == done.snapshot() && compaction.index() <= done.index()) {
				compaction.answer().complete(null);
			}
			else {
				this.compactions.add(compaction);
			}
		}
	}

	/** A snapshot that fails is given up along with every other that was wanted. */
	private void failSnapshots(Notice.CompactionFailed failed) {
		List<Compaction> before = this.compactions;
		this.compactions = new ArrayList<>();
		for (Compaction compaction : before) {
			if (compaction.snapshot()) {
				compaction.answer().completeExceptionally(failed.cause());
			}
			else {
				this.compactions.add(compaction);
			}
		}
	}

	/** The replica stops; nobody knows what becomes of what was proposed. */
	void failAll(OutcomeUnknownException appendsReason, ReplicaStoppedException reason) {
		this.appends.failAll(appendsReason);
		this.barriers.failAll(reason);
		for (Waiter waiter = this.decided.poll(); waiter != null; waiter = this.decided.poll()) {
			waiter.failed(reason);
		}
		this.compactions.forEach((compaction) -> compaction.answer().completeExceptionally(reason));
		this.compactions.clear();
	}

	private record Compaction(long index, boolean snapshot, CompletableFuture<Void> answer) {
	}

}
