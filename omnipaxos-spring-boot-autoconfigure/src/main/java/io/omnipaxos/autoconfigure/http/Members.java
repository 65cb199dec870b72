package io.omnipaxos.autoconfigure.http;

import java.util.stream.Collectors;

import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;

/**
 * The nodes and quorums of a cluster, in the one way in which all of its nodes write
 * them: the pids from the lowest to the highest, then how many must promise and accept.
 */
final class Members {

	private Members() {
	}

	/** Returns a text such as {@code 1,2,3 2/2}. */
	static String of(ClusterConfig cluster) {
		String pids = cluster.nodes()
			.stream()
			.mapToLong(NodeId::value)
			.sorted()
			.mapToObj(Long::toString)
			.collect(Collectors.joining(","));
		return "%s %d/%d".formatted(pids, cluster.prepareQuorum(), cluster.writeQuorum());
	}

}
