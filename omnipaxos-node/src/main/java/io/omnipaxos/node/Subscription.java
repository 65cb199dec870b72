package io.omnipaxos.node;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A listener at work on a log. Thread-safe.
 * <p>
 * Ends when it is closed, when the listener throws, and when the replica stops or, as the
 * node does not start, will never be there; futures that wait for it then fail with
 * {@link SubscriptionEndedException} or {@link ReplicaStoppedException}, and no query has
 * been run for them.
 */
public interface Subscription extends AutoCloseable {

	/** Returns the index of the next entry to be handed to the listener. */
	long position();

	/**
	 * Completes once the listener has taken everything below {@code position}. The future
	 * completes on the subscription's thread.
	 * @param position index of a write, plus one, to see that write applied
	 * @return future of the position then; fails when the subscription ends first
	 */
	CompletableFuture<Long> reached(long position);

	/**
	 * Runs a query that sees every append which had completed, on any node, before this
	 * was called: takes a read barrier, waits until the listener has taken everything
	 * below it, and runs the query on the subscription's thread, between two entries.
	 * @param query what to run
	 * @param <R> type of its result
	 * @return future of the result; fails with {@link SubscriptionEndedException} or
	 * {@link ReplicaStoppedException} when the query was not run, with
	 * {@link io.omnipaxos.core.OverloadedException} when too many wait already, and with
	 * whatever the query throws
	 */
	<R> CompletableFuture<R> read(Supplier<R> query);

	/** Returns why the subscription ended by itself; empty while it runs, or closed. */
	Optional<Throwable> failure();

	/**
	 * Ends the subscription. Waits for the listener if it is taking an entry just then,
	 * so that none is handed to it after this returns; the listener itself may call this,
	 * too.
	 */
	@Override
	void close();

}
