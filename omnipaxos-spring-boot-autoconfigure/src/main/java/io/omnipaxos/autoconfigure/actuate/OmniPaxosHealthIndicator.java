package io.omnipaxos.autoconfigure.actuate;

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
 * {@link HealthIndicator} for an OmniPaxos node: up when every log can decide and has
 * what is decided. From then on a log may fail to for a moment, as when a leader is
 * elected; before that, since the start, it may not.
 *
 * @since 0.1.0
 */
public class OmniPaxosHealthIndicator extends AbstractHealthIndicator {

	private final OmniPaxosNode node;

	private final ProgressWatch watch;

	OmniPaxosHealthIndicator(OmniPaxosNode node, ProgressWatch watch) {
		super("The health of OmniPaxos can't be told");
		this.node = node;
		this.watch = watch;
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
		return this.watch.reasonAgainst(log);
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
