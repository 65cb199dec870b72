package io.omnipaxos.node;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells other threads whether a replica's thread is at work. Given by that thread alone,
 * without a fence, as it is felt from time to time only.
 */
final class Pulse {

	/** An election takes about four, see the protocol's description. */
	private static final int TOLERATED_ELECTION_TIMEOUTS = 6;

	private final Duration tolerance;

	/** When the thread last showed what it knows, or zero before it first did. */
	private final AtomicLong beatAt = new AtomicLong();

	/** When the write began that is under way, or zero. */
	private final AtomicLong writingSince = new AtomicLong();

	/**
	 * Creates the pulse of a replica, which is to beat at every tick.
	 * @param tolerance how long it may be missed
	 */
	Pulse(Duration tolerance) {
		this.tolerance = tolerance;
	}

	/** Returns for how long a log may stand still before anybody is told. */
	static Duration tolerance(OmniPaxosConfig config, Duration tick) {
		return tick.multipliedBy((long) TOLERATED_ELECTION_TIMEOUTS * config.server().electionTickTimeout());
	}

	void beat() {
		this.beatAt.setRelease(System.nanoTime());
	}

	void writes(long nanoTime) {
		this.writingSince.setRelease(nanoTime);
	}

	void hasWritten() {
		this.writingSince.setRelease(0);
	}

	/** Returns for how long a write has been under way, zero if none is. */
	Duration writing() {
		return since(this.writingSince.get());
	}

	/**
	 * Returns for how long the thread has been held up, or has missed its ticks; zero
	 * when that is no longer than may be.
	 */
	Duration heldUp() {
		Duration silence = since(this.beatAt.get());
		return (silence.compareTo(this.tolerance) > 0) ? silence : Duration.ZERO;
	}

	private static Duration since(long nanoTime) {
		return (nanoTime != 0) ? Duration.ofNanos(System.nanoTime() - nanoTime) : Duration.ZERO;
	}

}
