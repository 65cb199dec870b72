package io.omnipaxos.core;

import io.omnipaxos.core.model.Ballot;

/**
 * What a crash at this moment would leave, and what it will be once the write under way
 * is done.
 */
final class DurableState {

	private Ballot promise;

	private long accepted;

	private long decided;

	private Ballot promiseInWrite;

	private long acceptedInWrite;

	private long decidedInWrite;

	private boolean decidedForced;

	DurableState(Ballot promise, long accepted, long decided) {
		this.promise = promise;
		this.accepted = accepted;
		this.decided = decided;
		this.promiseInWrite = promise;
		this.acceptedInWrite = accepted;
		this.decidedInWrite = decided;
	}

	Ballot promise() {
		return this.promise;
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

	/** Asks for the decided index to be written even if nothing else is. */
	void forceDecided(long index) {
		this.decidedForced |= decidedLags(index);
	}

	/** What is on the disk at or above {@code index} is no longer the log. */
	void cutAt(long index) {
		this.accepted = Math.min(this.accepted, index);
	}

	void writing(Ballot newPromise, long newAccepted, long newDecided) {
		this.promiseInWrite = newPromise;
		this.acceptedInWrite = newAccepted;
		this.decidedInWrite = newDecided;
		this.decidedForced = false;
	}

	void written() {
		this.promise = this.promiseInWrite;
		this.accepted = this.acceptedInWrite;
		this.decided = this.decidedInWrite;
	}

}
