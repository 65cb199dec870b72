package io.omnipaxos.sample.kv;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.omnipaxos.core.OverloadedException;

/**
 * Bounds how many writes of this node wait for the cluster. Without a bound, writes that
 * come faster than they can be decided wait longer and longer, until all of them are
 * answered too late; with it, those too many are refused at once, and the others are
 * answered in time.
 */
class WaitingWrites {

	private final int max;

	private final AtomicInteger waiting = new AtomicInteger();

	WaitingWrites(int max) {
		this.max = max;
	}

	/**
	 * Begins a write, unless too many wait.
	 * @return future of the write; fails with {@link OverloadedException} when it was not
	 * begun
	 */
	<T> CompletableFuture<T> admit(Supplier<CompletableFuture<T>> write) {
		if (this.waiting.incrementAndGet() > this.max) {
			this.waiting.decrementAndGet();
			return CompletableFuture
				.failedFuture(new OverloadedException("%d writes wait already; try again later".formatted(this.max)));
		}
		try {
			return write.get().whenComplete((done, failure) -> this.waiting.decrementAndGet());
		}
		catch (RuntimeException ex) {
			this.waiting.decrementAndGet();
			throw ex;
		}
	}

}
