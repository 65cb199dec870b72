package io.omnipaxos.autoconfigure.actuate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.omnipaxos.core.ReplicaStatus;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.node.OmniPaxosNode;
import io.omnipaxos.node.ReplicatedLog;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * {@link HealthIndicator} for an OmniPaxos node: up when every log can decide, or has
 * been unable to for a moment only, as when a leader is elected.
 *
 * @since 0.1.0
 */
public class OmniPaxosHealthIndicator extends AbstractHealthIndicator {

	private final OmniPaxosNode node;

	private final ProgressWatch watch;

	private final Duration tolerance;

	OmniPaxosHealthIndicator(OmniPaxosNode node, ProgressWatch watch, Duration tolerance) {
		super("The health of OmniPaxos can't be told");
		this.node = node;
		this.watch = watch;
		this.tolerance = tolerance;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		boolean up = true;
		Map<String, Object> logs = new LinkedHashMap<>();
		for (ReplicatedLog<?> log : this.node.logs()) {
			String reason = reasonAgainst(log);
			up &= reason == null;
			logs.put(log.name(), details(log.status(), reason));
		}
		builder.status(up ? Status.UP : Status.DOWN)
			.withDetail("cluster", this.node.clusterName())
			.withDetail("pid", this.node.config().server().pid().value())
			.withDetail("logs", logs)
			.withDetail("disconnectedPeers", disconnectedPeers());
	}

	/** Returns why messages can't leave for the peers for which they can't. */
	private Map<String, String> disconnectedPeers() {
		Map<String, String> reasons = new LinkedHashMap<>();
		this.node.transport().connections().forEach((peer, connection) -> {
			if (!connection.connected()) {
				reasons.put(Long.toString(peer.value()), connection.detail());
			}
		});
		return reasons;
	}

	private @Nullable String reasonAgainst(ReplicatedLog<?> log) {
		Throwable failure = this.node.failure(log.name());
		if (failure != null) {
			return "%s: %s".formatted(
					(failure instanceof StorageException) ? "the storage has failed" : "the replica has stopped",
					failure.getMessage());
		}
		Duration unable = this.watch.unable(log);
		if (unable.compareTo(this.tolerance) <= 0) {
			return null;
		}
		return "%s for %d ms".formatted(describe(log.status()), unable.toMillis());
	}

	private static String describe(ReplicaStatus status) {
		if (!status.connectivity().prepareQuorum()) {
			return "no quorum has been heard";
		}
		if (status.connectivity().leader() && status.full()) {
			return "the storage has had no room for more entries";
		}
		return status.role().leads() ? "this node has led without a write quorum" : "no leader in order has been heard";
	}

	private static Map<String, Object> details(ReplicaStatus status, @Nullable String reason) {
		Map<String, Object> details = new LinkedHashMap<>();
		NodeId leader = status.leader();
		details.put("role", status.role().part());
		if (leader != null) {
			details.put("leader", leader.value());
		}
		details.put("decidedIndex", status.indexes().decided());
		if (reason != null) {
			details.put("reason", reason);
		}
		return details;
	}

}
