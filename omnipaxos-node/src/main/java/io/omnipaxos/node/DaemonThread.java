package io.omnipaxos.node;

/** Threads that keep no process alive. */
final class DaemonThread {

	private DaemonThread() {
	}

	/** Creates a thread, which is not started. */
	static Thread of(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

}
