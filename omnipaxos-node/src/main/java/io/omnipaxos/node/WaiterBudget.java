package io.omnipaxos.node;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.omnipaxos.core.OverloadedException;

/**
 * Bounds how many futures a log may owe that no append stands behind: barriers and waits
 * for an index. Thread-safe.
 */
final class WaiterBudget {

	private final int max;

	private final AtomicInteger held = new AtomicInteger();

	WaiterBudget(int max) {
		this.max = max;
	}

	/**
	 * Counts a future until it is released.
	 * @return whether there was room; if not, the future has failed
	 */
	boolean reserve(CompletableFuture<?> future) {
		if (this.held.incrementAndGet() > this.max) {
			this.held.decrementAndGet();
			future.completeExceptionally(
					new OverloadedException("%d reads wait already; ask again later".formatted(this.max)));
			return false;
		}
		return true;
	}

	/** Counts a future no more once it is complete, or from now on if it is. */
	void releaseOnceComplete(CompletableFuture<?> future) {
		future.whenComplete((result, failure) -> this.held.decrementAndGet());
	}

	/** Counts a future until it is complete, if there is room. */
	boolean admit(CompletableFuture<?> future) {
		boolean admitted = reserve(future);
		if (admitted) {
			releaseOnceComplete(future);
		}
		return admitted;
	}

}
