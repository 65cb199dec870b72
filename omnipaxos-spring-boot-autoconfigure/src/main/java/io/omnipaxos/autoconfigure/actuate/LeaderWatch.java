package io.omnipaxos.autoconfigure.actuate;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.node.OmniPaxosNode;
import io.omnipaxos.node.ReplicatedLog;

import org.springframework.beans.factory.DisposableBean;

/**
 * Remembers since when each log has no leader that is in order. Looks once a period, so
 * that the answer does not depend on when somebody asks. Thread-safe.
 */
class LeaderWatch implements DisposableBean {

	private final OmniPaxosNode node;

	private final Map<String, Long> orderlyNanos = new ConcurrentHashMap<>();

	private final long begunNanos = System.nanoTime();

	private final Future<?> looking;

	LeaderWatch(OmniPaxosNode node, ScheduledExecutorService scheduler, Duration period) {
		this.node = node;
		this.looking = scheduler.scheduleAtFixedRate(this::look, 0, period.toNanos(), TimeUnit.NANOSECONDS);
	}

	private void look() {
		for (ReplicatedLog<?> log : this.node.logs()) {
			leaderless(log);
		}
	}

	/** Returns for how long a log has had no leader that is in order. */
	Duration leaderless(ReplicatedLog<?> log) {
		long now = System.nanoTime();
		if (log.status().connectivity().leader()) {
			this.orderlyNanos.put(log.name(), now);
			return Duration.ZERO;
		}
		return Duration.ofNanos(now - this.orderlyNanos.getOrDefault(log.name(), this.begunNanos));
	}

	@Override
	public void destroy() {
		this.looking.cancel(false);
	}

}
