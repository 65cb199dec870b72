package io.omnipaxos.node;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what this node's own appends may hold, in bytes of memory, from the call until
 * the answer. Thread-safe.
 */
final class AppendBudget {

	/**
	 * What an append takes beside its entry: a future, and what its caller chains to it.
	 */
	static final int OVERHEAD = 128;

	private final long maxBytes;

	private final AtomicLong held = new AtomicLong();

	AppendBudget(long maxBytes) {
		this.maxBytes = maxBytes;
	}

	/** Takes bytes if there is room; whatever is asked for first is there. */
	boolean reserve(long bytes) {
		long before = this.held.getAndAdd(bytes);
		if (before > 0 && before + bytes > this.maxBytes) {
			this.held.addAndGet(-bytes);
			return false;
		}
		return true;
	}

	void release(long bytes) {
		this.held.addAndGet(-bytes);
	}

	/** Returns whether every append has been answered. */
	boolean isUnused() {
		return this.held.get() == 0;
	}

}
