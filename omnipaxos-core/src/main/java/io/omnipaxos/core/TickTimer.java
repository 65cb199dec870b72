package io.omnipaxos.core;

/** Fires every so many ticks. */
final class TickTimer {

	private final int period;

	private int elapsed;

	TickTimer(int period) {
		this.period = period;
	}

	/** Lets a tick pass and returns whether the period is over. */
	boolean tick() {
		this.elapsed++;
		if (this.elapsed < this.period) {
			return false;
		}
		this.elapsed = 0;
		return true;
	}

	void restart() {
		this.elapsed = 0;
	}

}
