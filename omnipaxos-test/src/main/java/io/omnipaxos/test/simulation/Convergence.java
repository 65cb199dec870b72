package io.omnipaxos.test.simulation;

import java.util.Collection;
import java.util.List;

import io.omnipaxos.core.ReplicaStatus;
import io.omnipaxos.core.Role;
import io.omnipaxos.core.model.Ballot;

/** How far the nodes of a cluster agree at one moment. */
final class Convergence {

	private final SimulatedCluster cluster;

	Convergence(SimulatedCluster cluster) {
		this.cluster = cluster;
	}

	boolean hasOneLeader() {
		List<ReplicaStatus> all = statuses(this.cluster.runningNodes());
		return !all.isEmpty() && isLed(all);
	}

	boolean isComplete() {
		Collection<SimulatedNode> nodes = this.cluster.nodes();
		if (!nodes.stream().allMatch((node) -> node.isRunning() && node.isQuiet())) {
			return false;
		}
		List<ReplicaStatus> all = statuses(nodes);
		long decided = all.get(0).indexes().decided();
		return isLed(all) && all.stream()
			.allMatch((status) -> status.pending() == 0 && status.indexes().decided() == decided
					&& status.indexes().accepted() == decided);
	}

	private static List<ReplicaStatus> statuses(Collection<SimulatedNode> nodes) {
		return nodes.stream().map((node) -> node.core().status()).toList();
	}

	private static boolean isLed(List<ReplicaStatus> all) {
		Ballot ballot = all.get(0).promise();
		long leaders = all.stream().filter((status) -> status.role() == Role.LEADING).count();
		return leaders == 1 && all.stream()
			.allMatch((status) -> status.promise().equals(ballot) && status.acceptedRound().equals(ballot)
					&& (status.role() == Role.LEADING || status.role() == Role.FOLLOWING));
	}

}
