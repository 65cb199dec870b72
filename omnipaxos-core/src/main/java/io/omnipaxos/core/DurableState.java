package io.omnipaxos.core;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.storage.StoredSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What a crash at this moment would leave, and what it will be once the write under way
 * is done.
 */
final class DurableState {

	private Ballot promise;

	/** How much of what is in memory is on the disk as well. */
	private long accepted;

	/** Where the log in the storage ends, whatever of it was replaced in memory. */
	private long stored;

	private long decided;

	private long compacted;

	private @Nullable StoredSnapshot snapshot;

	private Ballot promiseInWrite;

	private long decidedInWrite;

	private boolean writing;

	private boolean decidedForced;

	DurableState(Ballot promise, long decided, long accepted, CompactedPrefix compacted) {
		this.promise = promise;
		this.promiseInWrite = promise;
		this.decided = decided;
		this.decidedInWrite = decided;
		become(accepted, compacted);
	}

	private void become(long newAccepted, CompactedPrefix newCompacted) {
		this.accepted = newAccepted;
		this.stored = newAccepted;
		this.compacted = newCompacted.index();
		this.snapshot = newCompacted.snapshot();
	}

	Ballot promise() {
		return this.promise;
	}

	/** How far the log in the storage is; what is decided may be known only in memory. */
	LogIndexes indexes(long knownDecided) {
		return LogIndexes.of(this.compacted, this.snapshot, knownDecided, this.stored);
	}

	long accepted() {
		return this.accepted;
	}

	long decided() {
		return this.decided;
	}

	long compacted() {
		return this.compacted;
	}

	boolean decidedLags(long index) {
		return index > this.decidedInWrite;
	}

	boolean mustWriteDecided(long index) {
		return this.decidedForced && decidedLags(index);
	}

	/**
	 * Asks for the decided index, as it will be when the next write is taken, to be
	 * written even if nothing else is.
	 */
	void forceDecided() {
		this.decidedForced = true;
	}

	/** What is on the disk at or above {@code index} is no longer the log. */
	void cutAt(long index) {
		this.accepted = Math.min(this.accepted, index);
	}

	void writing(Ballot newPromise, long newDecided) {
		this.writing = true;
		this.promiseInWrite = newPromise;
		this.decidedInWrite = newDecided;
		this.decidedForced = false;
	}

	void writingNothing() {
		this.decidedForced = false;
	}

	/** What was to be written is. Returns whether that was anything. */
	boolean written(long newAccepted, CompactedPrefix newCompacted) {
		if (!this.writing) {
			return false;
		}
		this.writing = false;
		this.promise = this.promiseInWrite;
		this.decided = this.decidedInWrite;
		become(newAccepted, newCompacted);
		return true;
	}

}
