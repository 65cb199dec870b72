package io.omnipaxos.node;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;

/**
 * The end of a replica that is told to stop: that of its thread, and then of its storage.
 * Comes by itself, on a thread of its own, however long either takes.
 */
final class ReplicaEnd {

	private final ReplicaThread thread;

	private final CompletableFuture<Void> done;

	private final FutureTask<Void> closed;

	private final Thread closing;

	/**
	 * Stops a replica.
	 * @param thread thread to end
	 * @param close what to do once it uses the storage no more
	 */
	ReplicaEnd(ReplicaThread thread, Runnable close) {
		this.thread = thread;
		this.done = thread.stop();
		this.closed = new FutureTask<>(() -> {
			this.done.join();
			close.run();
			return null;
		});
		this.closing = DaemonThread.of(this.closed, thread.name() + "-closing");
		this.closing.start();
	}

	/**
	 * Waits for the end; an interrupt is kept for later.
	 * @throws ExecutionException with what the closing has thrown
	 * @throws TimeoutException if it takes longer than that
	 */
	void await(long nanos) throws ExecutionException, TimeoutException {
		Interruptions.getUninterruptibly(this.closed, nanos);
	}

	/** Returns what the end waits for, to be logged: where a thread is. */
	Exception holdUp() {
		String name = this.done.isDone() ? this.closing.getName() : this.thread.name();
		StackTraceElement[] place = this.done.isDone() ? this.closing.getStackTrace() : this.thread.stackTrace();
		Exception holdUp = new IllegalStateException("Thread %s is held up".formatted(name));
		holdUp.setStackTrace(place);
		return holdUp;
	}

}
