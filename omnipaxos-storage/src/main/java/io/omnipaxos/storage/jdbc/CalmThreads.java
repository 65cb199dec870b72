package io.omnipaxos.storage.jdbc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.omnipaxos.core.storage.StorageException;

/**
 * Threads that nobody interrupts, for whoever may be interrupted and must not be while it
 * uses the database. They are there as long as they are needed. Thread-safe.
 */
final class CalmThreads {

	private static final int IDLE_SECONDS = 10;

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_SECONDS,
			TimeUnit.SECONDS, new SynchronousQueue<>(), CalmThreads::thread);

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "omnipaxos-calm");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Returns what the work returns, and throws what it throws. An interrupted caller
	 * waits all the same, and stays interrupted.
	 */
	<T> T call(Supplier<T> work) {
		try {
			return CompletableFuture.supplyAsync(work, this.threads).join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			if (ex.getCause() instanceof Error error) {
				throw error;
			}
			throw ex;
		}
		catch (RejectedExecutionException ex) {
			throw new StorageException("The storage is closed", ex);
		}
	}

	/** Takes no more work; what is under way goes on. */
	void close() {
		this.threads.shutdown();
	}

}
