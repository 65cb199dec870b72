package io.omnipaxos.autoconfigure.actuate;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.core.ReplicaStatus;
import io.omnipaxos.node.OmniPaxosNode;
import io.omnipaxos.node.ReplicatedLog;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Remembers since when each log can't decide, as it has no leader that is in order or
 * stands still for want of room in its storage. Looks once a period, so that the answer
 * does not depend on when somebody asks; begins when the node has been started.
 * Thread-safe.
 */
class ProgressWatch implements SmartLifecycle {

	private final OmniPaxosNode node;

	private final ScheduledExecutorService scheduler;

	private final Duration period;

	private final Map<String, Sighting> orderly = new ConcurrentHashMap<>();

	private volatile @Nullable Future<?> looking;

	ProgressWatch(OmniPaxosNode node, ScheduledExecutorService scheduler, Duration period) {
		this.node = node;
		this.scheduler = scheduler;
		this.period = period;
	}

	@Override
	public void start() {
		long now = System.nanoTime();
		this.node.logs().forEach((log) -> this.orderly.put(log.name(), new Sighting(now, -1)));
		this.looking = this.scheduler.scheduleAtFixedRate(this::look, 0, this.period.toNanos(), TimeUnit.NANOSECONDS);
	}

	private void look() {
		this.node.logs().forEach(this::unable);
	}

	/** Returns for how long a log has been unable to decide. */
	Duration unable(ReplicatedLog<?> log) {
		ReplicaStatus status = log.status();
		Sighting now = new Sighting(System.nanoTime(), status.indexes().decided());
		Sighting last = this.orderly.getOrDefault(log.name(), now);
		boolean standsStill = status.full() && now.decided() == last.decided();
		if (status.connectivity().leader() && !standsStill) {
			this.orderly.put(log.name(), now);
			return Duration.ZERO;
		}
		return Duration.ofNanos(now.nanos() - last.nanos());
	}

	@Override
	public void stop() {
		Future<?> ending = this.looking;
		this.looking = null;
		if (ending != null) {
			ending.cancel(false);
		}
	}

	@Override
	public boolean isRunning() {
		return this.looking != null;
	}

	/** When a log was in order, and how much it had decided then. */
	private record Sighting(long nanos, long decided) {
	}

}
