package io.omnipaxos.node;

import java.time.Duration;

import io.omnipaxos.core.ReplicaStatus;

/**
 * Notices that a log whose storage has no room has decided nothing for a while. One that
 * is full and goes on is only held to the pace of whoever makes room. Not thread-safe.
 */
final class Standstill {

	static final Duration PATIENCE = Duration.ofSeconds(3);

	private long decided = -1;

	private long movedNanos;

	private boolean told;

	/** Returns whether it has just become worth telling. */
	boolean begins(ReplicaStatus status, long nowNanos) {
		if (!status.full() || status.indexes().decided() != this.decided) {
			this.decided = status.indexes().decided();
			this.movedNanos = nowNanos;
			this.told = false;
		}
		if (this.told || nowNanos - this.movedNanos < PATIENCE.toNanos()) {
			return false;
		}
		this.told = status.full();
		return this.told;
	}

}
