package io.omnipaxos.node;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A listener at work on a log.
 */
public interface Subscription extends AutoCloseable {

	/** Returns the index of the next entry to be handed to the listener. */
	long position();

	/**
	 * Completes once the listener has taken everything below {@code position}.
	 * @return future of the position then; fails when the subscription ends first
	 */
	CompletableFuture<Long> reached(long position);

	/**
	 * Runs a query that sees every append which had completed, on any node, before this
	 * was called: takes a read barrier, waits until the listener has taken everything
	 * below it, and runs the query on the subscription's thread, between two entries.
	 * @param query what to run
	 * @param <R> type of its result
	 * @return future of the result
	 */
	<R> CompletableFuture<R> read(Supplier<R> query);

	/** Ends the subscription; an entry that the listener is taking is finished first. */
	@Override
	void close();

}
