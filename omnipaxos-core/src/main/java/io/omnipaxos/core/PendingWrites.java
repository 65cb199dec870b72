package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.storage.StorageOp;
import org.jspecify.annotations.Nullable;

/**
 * Changes of the log since the last write. Appends are kept as one range, however many
 * there were; a promise or a round only as the last.
 */
final class PendingWrites {

	private static final long NOTHING = Long.MAX_VALUE;

	/** An append and a decided index, mostly. */
	private static final int FEW = 2;

	private @Nullable Ballot promise;

	private @Nullable Ballot acceptedRound;

	private final List<StorageOp> ops = new ArrayList<>();

	private long appendedFrom = NOTHING;

	void promise(Ballot ballot) {
		this.promise = ballot;
	}

	void acceptedRound(Ballot ballot) {
		this.acceptedRound = ballot;
	}

	/** The log was changed from {@code index} on. */
	void appendedAt(long index) {
		this.appendedFrom = Math.min(this.appendedFrom, index);
	}

	/** Closes the range of appends, so that what comes next is written after it. */
	void closeAppends(EntryWindow tail) {
		moveAppendsTo(this.ops, tail);
	}

	private void moveAppendsTo(List<StorageOp> target, EntryWindow tail) {
		if (this.appendedFrom != NOTHING) {
			target.add(
					new StorageOp.Append(this.appendedFrom, tail.slice(this.appendedFrom, tail.end(), Long.MAX_VALUE)));
			this.appendedFrom = NOTHING;
		}
	}

	void add(StorageOp op) {
		this.ops.add(op);
	}

	boolean isEmpty() {
		return this.promise == null && this.acceptedRound == null && this.ops.isEmpty() && this.appendedFrom == NOTHING;
	}

	List<StorageOp> take(EntryWindow tail) {
		List<StorageOp> taken = new ArrayList<>(FEW);
		if (this.promise != null) {
			taken.add(new StorageOp.SetPromise(this.promise));
			this.promise = null;
		}
		if (this.acceptedRound != null) {
			taken.add(new StorageOp.SetAcceptedRound(this.acceptedRound));
			this.acceptedRound = null;
		}
		if (!this.ops.isEmpty()) {
			taken.addAll(this.ops);
			this.ops.clear();
		}
		moveAppendsTo(taken, tail);
		return taken;
	}

}
