package io.omnipaxos.autoconfigure.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Does something again after a pause that grows from one failure to the next, with
 * jitter, so that nodes which lost each other at one moment do not come back at one
 * moment. For the executor's only thread.
 */
final class Retry {

	private final ScheduledExecutorService executor;

	private final Runnable action;

	private final long minNanos;

	private final long maxNanos;

	private long pauseNanos;

	private boolean atOnce;

	private @Nullable Future<?> hurried;

	Retry(ScheduledExecutorService executor, Runnable action, Duration min, Duration max) {
		this.executor = executor;
		this.action = action;
		this.minNanos = min.toNanos();
		this.maxNanos = max.toNanos();
		this.pauseNanos = this.minNanos;
	}

	/**
	 * Does it after the next pause, or at once.
	 * @param hurried whether {@link #hurry()} may cut the pause short
	 */
	void later(boolean hurried) {
		if (this.atOnce) {
			this.atOnce = false;
			this.executor.execute(this.action);
			return;
		}
		long pause = this.pauseNanos;
		this.pauseNanos = Math.min(2 * pause, this.maxNanos);
		long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
		Future<?> next = this.executor.schedule(this.action, jittered, TimeUnit.NANOSECONDS);
		this.hurried = hurried ? next : null;
	}

	/** Cuts the pause short, if there is one that may be. */
	void hurry() {
		Future<?> waiting = this.hurried;
		this.hurried = null;
		if (waiting != null && waiting.cancel(false)) {
			this.action.run();
		}
	}

	/**
	 * Begins with the shortest pause again.
	 * @param withoutPause whether the next attempt is made without any: there has been
	 * none in vain, and it shows at once whether the other is still there
	 */
	void reset(boolean withoutPause) {
		this.pauseNanos = this.minNanos;
		this.atOnce = withoutPause;
	}

}
