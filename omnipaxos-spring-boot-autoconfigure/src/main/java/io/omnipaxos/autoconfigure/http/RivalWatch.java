package io.omnipaxos.autoconfigure.http;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that two processes speak for one node. A process numbers its streams upwards,
 * so whoever goes on wanting an older one than the open stream, while that goes on
 * delivering, is another. (When a process was started again and its clock had gone back,
 * its former stream delivers nothing more.) Thread-safe.
 */
final class RivalWatch {

	private static final Logger logger = LoggerFactory.getLogger(RivalWatch.class);

	/** What was under way when somebody gave up has arrived by then. */
	private static final long DOUBT_NANOS = TimeUnit.SECONDS.toNanos(2);

	private static final long LOG_PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final StreamOpening open;

	private final LongSupplier nanoTime;

	private volatile long deliveredNanos;

	private boolean contested;

	private long contestedNanos;

	RivalWatch(StreamOpening open, LongSupplier nanoTime) {
		this.open = open;
		this.nanoTime = nanoTime;
		this.deliveredNanos = nanoTime.getAsLong();
	}

	/** The open stream has delivered something. */
	void delivered() {
		this.deliveredNanos = this.nanoTime.getAsLong();
	}

	/** Somebody wanted an older stream of the same node, and was turned away. */
	synchronized void turnedAway() {
		long now = this.nanoTime.getAsLong();
		if (!this.contested) {
			this.contested = true;
			this.contestedNanos = now;
		}
		else if (this.deliveredNanos - this.contestedNanos >= DOUBT_NANOS) {
			logger.warn("Two processes speak for {}: one has stream {} open, and another wants to open an older one."
					+ " Stop one of them, or give it a pid of its own", this.open.from(), this.open.number());
			this.contestedNanos = now + LOG_PERIOD_NANOS;
		}
	}

}
