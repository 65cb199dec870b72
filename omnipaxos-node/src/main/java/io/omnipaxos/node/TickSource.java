package io.omnipaxos.node;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Calls something at every tick. After a stall it goes on, and does not make up for what
 * it missed.
 */
final class TickSource {

	private final Duration interval;

	private final @Nullable ScheduledExecutorService given;

	private @Nullable ScheduledExecutorService own;

	private @Nullable ScheduledFuture<?> ticks;

	/**
	 * Creates a source.
	 * @param interval length of a tick
	 * @param given where to run, or {@code null} for a thread of its own
	 */
	TickSource(Duration interval, @Nullable ScheduledExecutorService given) {
		this.interval = interval;
		this.given = given;
	}

	Duration interval() {
		return this.interval;
	}

	void start(Runnable onTick) {
		ScheduledExecutorService executor = this.given;
		if (executor == null) {
			executor = Executors.newSingleThreadScheduledExecutor((task) -> DaemonThread.of(task, "omnipaxos-ticks"));
			this.own = executor;
		}
		// A fixed rate would catch up with a burst of ticks after a stall.
		this.ticks = executor.scheduleWithFixedDelay(onTick, this.interval.toNanos(), this.interval.toNanos(),
				TimeUnit.NANOSECONDS);
	}

	void stop() {
		if (this.ticks != null) {
			this.ticks.cancel(false);
		}
		if (this.own != null) {
			this.own.shutdown();
		}
	}

}
