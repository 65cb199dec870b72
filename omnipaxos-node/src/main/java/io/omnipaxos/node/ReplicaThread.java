package io.omnipaxos.node;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * The thread of a replica: does the replica's work until that ends, and then tells
 * everybody who waits.
 */
final class ReplicaThread {

	private final ReplicaLoop loop;

	private final ReplicaShared shared;

	private final Outstanding outstanding;

	private final Thread thread;

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	ReplicaThread(String name, ReplicaLoop loop, ReplicaShared shared, Outstanding outstanding) {
		this.loop = loop;
		this.shared = shared;
		this.outstanding = outstanding;
		this.thread = DaemonThread.of(this::run, name);
	}

	void start() {
		this.thread.start();
	}

	private void run() {
		Throwable failure = null;
		try {
			this.loop.run();
		}
		// The replica is not to be trusted any more, whatever it was.
		catch (Throwable ex) {
			failure = ex;
		}
		this.shared.view().stopped(failure);
		// Whoever is told next may wait for the node to stop, as by ending the process.
		this.done.complete(null);
		tellEnd(failure);
	}

	private void tellEnd(@Nullable Throwable failure) {
		this.loop.ended();
		ReplicaStoppedException reason = this.shared.view().stoppedException();
		this.shared.inbox().close(reason);
		this.outstanding.failAll(new OutcomeUnknownException(
				reason.getMessage() + "; the entry had been proposed, and may be decided or not"), reason);
		this.shared.events().stopped(reason);
		if (failure != null) {
			this.shared.events().failed(failure);
		}
	}

	/**
	 * Ends the thread, as soon as it takes note.
	 * @return future that completes when the work is done, and the storage used no more
	 */
	CompletableFuture<Void> stop() {
		this.shared.inbox().requestStop();
		if (this.thread.getState() == Thread.State.NEW) {
			this.done.complete(null);
		}
		return this.done;
	}

	String name() {
		return this.thread.getName();
	}

	boolean isCaller() {
		return Thread.currentThread() == this.thread;
	}

	StackTraceElement[] stackTrace() {
		return this.thread.getStackTrace();
	}

}
