package io.omnipaxos.core;

import io.omnipaxos.core.model.Ballot;

/**
 * What a crash at this moment would leave, and what it will be once the write under way
 * is done.
 */
final class DurableState {

	private Ballot promise;

	private LogIndexes indexes;

	/** How much of what is in memory is on the disk as well. */
	private long accepted;

	private long decided;

	private Ballot promiseInWrite;

	private long decidedInWrite;

	private boolean decidedForced;

	DurableState(Ballot promise, LogIndexes indexes) {
		this.promise = promise;
		this.indexes = indexes;
		this.accepted = indexes.accepted();
		this.decided = indexes.decided();
		this.promiseInWrite = promise;
		this.decidedInWrite = indexes.decided();
	}

	Ballot promise() {
		return this.promise;
	}

	/** How far the log in the storage is; what is decided may be known only in memory. */
	LogIndexes indexes() {
		return this.indexes;
	}

	long accepted() {
		return this.accepted;
	}

	long decided() {
		return this.decided;
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
		this.promiseInWrite = newPromise;
		this.decidedInWrite = newDecided;
		this.decidedForced = false;
	}

	void writingNothing() {
		this.decidedForced = false;
	}

	void written(LogIndexes current) {
		this.promise = this.promiseInWrite;
		this.indexes = current;
		this.accepted = current.accepted();
		this.decided = this.decidedInWrite;
	}

}
