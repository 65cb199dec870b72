package io.omnipaxos.node;

/** Waiting that an interrupt does not cut short. */
final class Interruptions {

	private Interruptions() {
	}

	/** Waits for the end of a thread; an interrupt is kept for later. */
	static void joinUninterruptibly(Thread thread) {
		boolean interrupted = false;
		while (thread.isAlive()) {
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
