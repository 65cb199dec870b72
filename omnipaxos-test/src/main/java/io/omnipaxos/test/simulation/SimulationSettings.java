package io.omnipaxos.test.simulation;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;

/**
 * What a simulated cluster is made of.
 *
 * @param cluster nodes and quorums
 * @param server settings of every node; its pid is of no account
 * @param priorities priorities of the nodes that have one of their own
 * @param readsAtOnce whether reads of the storages wait for nothing, as in memory
 * @param snapshots whether the log takes snapshots, each node with a
 * {@link WholeContentFolder} of its own
 * @param seed what everything that is random comes from: the moments at which the nodes
 * tick and, unless another {@link Chance} decides, what becomes of messages and how long
 * writes take
 */
public record SimulationSettings(ClusterConfig cluster, ServerConfig server, Map<NodeId, Integer> priorities,
		boolean readsAtOnce, boolean snapshots, long seed) {

	public SimulationSettings {
		priorities = Map.copyOf(priorities);
	}

	/** Returns settings for the nodes 1 to {@code nodes}, with majorities. */
	public static SimulationSettings ofNodes(int nodes, long seed) {
		return of(ClusterConfig.of(1, LongStream.rangeClosed(1, nodes).toArray()), seed);
	}

	/**
	 * Returns settings for a cluster: an election timeout of one tick, a resend timeout
	 * of two, batches flushed after ten, and snapshots.
	 */
	public static SimulationSettings of(ClusterConfig cluster, long seed) {
		ServerConfig server = ServerConfig.of(cluster.nodes().get(0))
			.withElectionTickTimeout(1)
			.withResendMessageTickTimeout(2)
			.withFlushBatchTickTimeout(10);
		return new SimulationSettings(cluster, server, Map.of(), false, true, seed);
	}

	/** Returns the settings of one node. */
	public ServerConfig server(NodeId pid) {
		ServerConfig s = this.server;
		int priority = this.priorities.getOrDefault(pid, s.leaderPriority());
		return new ServerConfig(pid, s.electionTickTimeout(), s.resendMessageTickTimeout(), s.flushBatchTickTimeout(),
				s.bufferSize(), s.batchSize(), priority, s.limits());
	}

	/** Returns these settings with other ones for every server. */
	public SimulationSettings withServer(UnaryOperator<ServerConfig> change) {
		return new SimulationSettings(this.cluster, change.apply(this.server), this.priorities, this.readsAtOnce,
				this.snapshots, this.seed);
	}

	/** Returns these settings with priorities. */
	public SimulationSettings withPriorities(Map<NodeId, Integer> higher) {
		return new SimulationSettings(this.cluster, this.server, higher, this.readsAtOnce, this.snapshots, this.seed);
	}

	/** Returns these settings with storages whose reads wait for nothing, or not. */
	public SimulationSettings withReadsAtOnce(boolean atOnce) {
		return new SimulationSettings(this.cluster, this.server, this.priorities, atOnce, this.snapshots, this.seed);
	}

	/** Returns these settings with a log that takes no snapshots. */
	public SimulationSettings withoutSnapshots() {
		return new SimulationSettings(this.cluster, this.server, this.priorities, this.readsAtOnce, false, this.seed);
	}

}
