package io.omnipaxos.node;

import java.util.Comparator;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

/**
 * Whoever waits until an index reaches a point. Not thread-safe.
 */
final class IndexWaiters {

	private final PriorityQueue<Waiter> waiters = new PriorityQueue<>(Comparator.comparingLong(Waiter::index));

	private final GivenUpSweep sweep = new GivenUpSweep();

	/** Adds one; from time to time, those that have given up are forgotten. */
	void add(Waiter waiter) {
		this.sweep.beforeAddingTo(this.waiters, Waiter::isDone);
		this.waiters.add(waiter);
	}

	int size() {
		return this.waiters.size();
	}

	/** Returns the lowest index that is waited for, {@link Long#MAX_VALUE} for none. */
	long first() {
		Waiter first = this.waiters.peek();
		return (first != null) ? first.index() : Long.MAX_VALUE;
	}

	/** Takes out one whose index is reached, or returns {@code null}. */
	@Nullable Waiter poll(long reached) {
		return (first() <= reached) ? this.waiters.poll() : null;
	}

	/** Takes out any, or returns {@code null} when nobody waits. */
	@Nullable Waiter poll() {
		return this.waiters.poll();
	}

	/** Waits for an index. */
	interface Waiter {

		/** Returns the index that must be reached. */
		long index();

		/** Returns whether it waits no more, reached or given up. */
		boolean isDone();

		/** Is told once how far it is, in the end. */
		void reached(long index);

		/** Is told instead that it never will be. */
		void failed(RuntimeException reason);

	}

}
