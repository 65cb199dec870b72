package io.omnipaxos.node;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Read barriers that the core has been asked for, in the order of their ids. Not
 * thread-safe.
 */
final class PendingBarriers {

	private final Queue<Barrier> barriers = new ArrayDeque<>();

	private final GivenUpSweep sweep = new GivenUpSweep();

	/**
	 * Adds one; from time to time, those that have been given up are forgotten. Without a
	 * quorum nothing else ends them.
	 */
	void add(long id, CompletableFuture<Long> answer) {
		this.sweep.beforeAddingTo(this.barriers, (barrier) -> barrier.answer().isDone());
		this.barriers.add(new Barrier(id, answer));
	}

	int size() {
		return this.barriers.size();
	}

	/** Answers all up to an id. */
	void reached(long upTo, long index) {
		for (Barrier next = this.barriers.peek(); next != null && next.id() <= upTo; next = this.barriers.peek()) {
			this.barriers.remove();
			next.answer().complete(index);
		}
	}

	void failAll(RuntimeException reason) {
		this.barriers.forEach((barrier) -> barrier.answer().completeExceptionally(reason));
		this.barriers.clear();
	}

	private record Barrier(long id, CompletableFuture<Long> answer) {
	}

}
