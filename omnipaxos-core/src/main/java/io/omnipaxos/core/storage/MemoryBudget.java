package io.omnipaxos.core.storage;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much the logs of one node may hold in memory together. It may be exceeded by what
 * was under way when it was used up. Thread-safe.
 */
final class MemoryBudget {

	private final long limit;

	private final AtomicLong held = new AtomicLong();

	MemoryBudget(long limit) {
		if (limit < 1) {
			throw new IllegalArgumentException("The limit of bytes in memory must be positive, not " + limit);
		}
		this.limit = limit;
	}

	void add(long bytes) {
		this.held.addAndGet(bytes);
	}

	boolean hasRoom() {
		return this.held.get() < this.limit;
	}

}
