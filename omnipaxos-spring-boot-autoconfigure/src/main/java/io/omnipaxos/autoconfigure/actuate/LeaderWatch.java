package io.omnipaxos.autoconfigure.actuate;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.node.OmniPaxosNode;
import io.omnipaxos.node.ReplicatedLog;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Remembers since when each log has no leader that is in order. Looks once a period, so
 * that the answer does not depend on when somebody asks; begins when the node has been
 * started. Thread-safe.
 */
class LeaderWatch implements SmartLifecycle {

	private final OmniPaxosNode node;

	private final ScheduledExecutorService scheduler;

	private final Duration period;

	private final Map<String, Long> orderlyNanos = new ConcurrentHashMap<>();

	private volatile @Nullable Future<?> looking;

	LeaderWatch(OmniPaxosNode node, ScheduledExecutorService scheduler, Duration period) {
		this.node = node;
		this.scheduler = scheduler;
		this.period = period;
	}

	@Override
	public void start() {
		long now = System.nanoTime();
		this.node.logs().forEach((log) -> this.orderlyNanos.put(log.name(), now));
		this.looking = this.scheduler.scheduleAtFixedRate(this::look, 0, this.period.toNanos(), TimeUnit.NANOSECONDS);
	}

	private void look() {
		this.node.logs().forEach(this::leaderless);
	}

	/** Returns for how long a log has had no leader that is in order. */
	Duration leaderless(ReplicatedLog<?> log) {
		long now = System.nanoTime();
		if (log.status().connectivity().leader()) {
			this.orderlyNanos.put(log.name(), now);
		}
		return Duration.ofNanos(now - this.orderlyNanos.getOrDefault(log.name(), now));
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

}
