package io.omnipaxos.sample.network;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** One direction of a link. Thread-safe. */
final class Lane {

	private static final int SLICES_A_SECOND = 10;

	private LinkCondition condition = LinkCondition.GOOD;

	synchronized void set(LinkCondition next) {
		this.condition = next;
		notifyAll();
	}

	synchronized boolean isOpen() {
		return this.condition.open();
	}

	/** Returns when a segment that leaves now arrives. */
	synchronized long arrivalNanos() {
		return System.nanoTime() + this.condition.nanos(ThreadLocalRandom.current());
	}

	/**
	 * Waits until bytes may pass.
	 * @param arrivalNanos not before then
	 * @return how many may
	 */
	synchronized int awaitPassage(long arrivalNanos) throws InterruptedException {
		while (true) {
			long early = arrivalNanos - System.nanoTime();
			if (!this.condition.open()) {
				wait();
			}
			else if (early > 0) {
				TimeUnit.NANOSECONDS.timedWait(this, early);
			}
			else {
				return Math.max(1, this.condition.bytesPerSecond() / SLICES_A_SECOND);
			}
		}
	}

	/** Returns when the next bytes may pass after so many have. */
	synchronized long clearNanos(int bytes) {
		int rate = this.condition.bytesPerSecond();
		long pause = (rate != Integer.MAX_VALUE) ? TimeUnit.SECONDS.toNanos(bytes) / rate : 0;
		return System.nanoTime() + pause;
	}

}
