package io.omnipaxos.autoconfigure.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.OmniPaxosNode;
import io.omnipaxos.node.ReplicatedLog;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * {@link Endpoint @Endpoint} to show what this node knows of its logs and its peers.
 *
 * @since 0.1.0
 */
@Endpoint(id = "omnipaxos")
public class OmniPaxosEndpoint {

	private final OmniPaxosNode node;

	private final Duration tickInterval;

	/**
	 * Creates an endpoint.
	 * @param node node to show
	 * @param tickInterval time between two ticks of the node
	 */
	public OmniPaxosEndpoint(OmniPaxosNode node, Duration tickInterval) {
		this.node = node;
		this.tickInterval = tickInterval;
	}

	/** Describes the node with all of its logs. */
	@ReadOperation
	public NodeDescriptor omniPaxos() {
		Map<String, LogDescriptor> logs = new TreeMap<>();
		for (ReplicatedLog<?> log : this.node.logs()) {
			logs.put(log.name(), describe(log));
		}
		return new NodeDescriptor(this.node.clusterName(), this.node.config().cluster().configurationId(),
				this.node.config().server().pid().value(),
				this.node.config().cluster().nodes().stream().map(NodeId::value).toList(), logs);
	}

	/** Describes one log, or nothing when the node does not have it. */
	@ReadOperation
	public @Nullable LogDescriptor log(@Selector String name) {
		for (ReplicatedLog<?> log : this.node.logs()) {
			if (log.name().equals(name)) {
				return describe(log);
			}
		}
		return null;
	}

	private LogDescriptor describe(ReplicatedLog<?> log) {
		return LogDescriptor.of(log.status(), this.node.writing(log.name()), this.node.heldUp(log.name()),
				this.node.failure(log.name()), this.node.transport().connections(), this.tickInterval);
	}

	/**
	 * Description of a node.
	 *
	 * @param cluster name of the cluster
	 * @param configurationId number of its configuration
	 * @param pid node
	 * @param nodes all nodes of the cluster
	 * @param logs logs by name
	 */
	public record NodeDescriptor(String cluster, int configurationId, long pid, List<Long> nodes,
			Map<String, LogDescriptor> logs) implements OperationResponseBody {

	}

}
