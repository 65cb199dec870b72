package io.omnipaxos.test.simulation;

import java.util.stream.Collectors;

import io.omnipaxos.core.LogIndexes;
import io.omnipaxos.core.ReplicaStatus;

/** Where every node stands, for a failure message. */
final class ClusterPicture {

	private final SimulatedCluster cluster;

	ClusterPicture(SimulatedCluster cluster) {
		this.cluster = cluster;
	}

	@Override
	public String toString() {
		return this.cluster.nodes().stream().map(this::line).collect(Collectors.joining("\n"));
	}

	private String line(SimulatedNode node) {
		if (!node.isUp()) {
			return "  %s is down, stored %s".formatted(node.pid(), node.storage().stored());
		}
		ReplicaStatus status = node.core().status();
		LogIndexes indexes = status.indexes();
		return "  %s %s %s%s leader=%s promise=%s round=%s compacted=%d decided=%d accepted=%d pending=%d reaches=%s"
			.formatted(node.pid(), status.role(), node.isQuiet() ? "" : "waiting ", node.isRunning() ? "" : "paused",
					status.leader(), status.promise(), status.acceptedRound(), indexes.compacted(), indexes.decided(),
					indexes.accepted(), status.pending(), reaches(node));
	}

	private String reaches(SimulatedNode node) {
		return this.cluster.nodes()
			.stream()
			.filter((other) -> other != node && !this.cluster.links().isCut(node.pid(), other.pid()))
			.map((other) -> other.pid().toString())
			.collect(Collectors.joining(","));
	}

}
