package io.omnipaxos.sample.kv;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.omnipaxos.node.Subscription;
import org.jspecify.annotations.Nullable;

/** How fresh a read has to be. */
sealed interface ReadConsistency {

	/**
	 * Runs a query as soon as what this node has applied is fresh enough.
	 * @param applied what this node has applied
	 * @param query what to run
	 * @param timeout time after which to give up
	 * @return future of the result; fails with
	 * {@link java.util.concurrent.TimeoutException}
	 */
	<R> CompletableFuture<R> read(Subscription applied, Supplier<R> query, Duration timeout);

	/**
	 * Chooses by the parameters of a request.
	 * @param consistency {@code linearizable} or {@code local}
	 * @param minIndex index that a write returned; if given, it alone counts
	 * @throws IllegalArgumentException if there is no such consistency
	 */
	static ReadConsistency of(String consistency, @Nullable Long minIndex) {
		if (minIndex != null) {
			return new AtLeast(minIndex);
		}
		return switch (consistency) {
			case "linearizable" -> new Linearizable();
			case "local" -> new Local();
			default -> throw new IllegalArgumentException("consistency must be 'linearizable' or 'local'");
		};
	}

	/** Sees every write that was answered, by any node, before the read was asked for. */
	record Linearizable() implements ReadConsistency {

		@Override
		public <R> CompletableFuture<R> read(Subscription applied, Supplier<R> query, Duration timeout) {
			return applied.read(query).orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}

	}

	/** Sees whatever this node has applied; may be stale, never waits. */
	record Local() implements ReadConsistency {

		@Override
		public <R> CompletableFuture<R> read(Subscription applied, Supplier<R> query, Duration timeout) {
			return CompletableFuture.completedFuture(query.get());
		}

	}

	/**
	 * Sees at least the write at an index: read your own write, at any node.
	 *
	 * @param index index that the write returned
	 */
	record AtLeast(long index) implements ReadConsistency {

		public AtLeast {
			if (index < 0 || index == Long.MAX_VALUE) {
				throw new IllegalArgumentException("min-index must be an index that a write returned");
			}
		}

		@Override
		public <R> CompletableFuture<R> read(Subscription applied, Supplier<R> query, Duration timeout) {
			return applied.reached(this.index + 1)
				.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
				.thenApply((position) -> query.get());
		}

	}

}
