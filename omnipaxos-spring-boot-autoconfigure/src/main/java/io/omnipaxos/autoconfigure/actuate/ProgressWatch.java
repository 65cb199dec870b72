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
 * Watches the logs of a node. Looks once a period, so that the answer does not depend on
 * when somebody asks; begins when the node has been started. Thread-safe.
 */
class ProgressWatch implements SmartLifecycle {

	private final OmniPaxosNode node;

	private final ScheduledExecutorService scheduler;

	private final Duration period;

	private final Duration tolerance;

	private final Map<String, LogWatch> logs = new ConcurrentHashMap<>();

	private volatile @Nullable Future<?> looking;

	ProgressWatch(OmniPaxosNode node, ScheduledExecutorService scheduler, Duration period, Duration tolerance) {
		this.node = node;
		this.scheduler = scheduler;
		this.period = period;
		this.tolerance = tolerance;
	}

	@Override
	public void start() {
		this.node.logs().forEach((log) -> this.logs.put(log.name(), new LogWatch(log::status, System::nanoTime)));
		this.looking = this.scheduler.scheduleAtFixedRate(this::look, 0, this.period.toNanos(), TimeUnit.NANOSECONDS);
	}

	private void look() {
		this.logs.values().forEach(LogWatch::look);
	}

	/** Returns why a log can't serve, or {@code null} when it can. */
	@Nullable String reasonAgainst(ReplicatedLog<?> log) {
		LogWatch watch = this.logs.get(log.name());
		if (watch == null) {
			return "this node has not been started";
		}
		// Meanwhile the log shows itself as it was when the write began.
		Duration writing = this.node.writing(log.name());
		if (writing.compareTo(this.tolerance) > 0) {
			return "a write to the storage has been under way for %d ms".formatted(writing.toMillis());
		}
		Duration heldUp = this.node.heldUp(log.name());
		if (!heldUp.isZero()) {
			return "the thread of this log has been held up for %d ms".formatted(heldUp.toMillis());
		}
		return watch.reasonAgainst(this.tolerance);
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
