package io.omnipaxos.test.simulation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;

/** How much log each node has ever held on its disk, in step with each ballot. */
final class Votes {

	private final Map<Ballot, long[]> lengths = new HashMap<>();

	private final ClusterConfig cluster;

	Votes(ClusterConfig cluster) {
		this.cluster = cluster;
	}

	/**
	 * Counts a vote and returns how much of the log a write quorum holds in the ballot.
	 */
	long count(NodeId node, Ballot ballot, long length) {
		long[] votes = this.lengths.computeIfAbsent(ballot, (first) -> new long[this.cluster.nodes().size()]);
		int place = this.cluster.nodes().indexOf(node);
		votes[place] = Math.max(votes[place], length);
		long[] sorted = votes.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length - this.cluster.writeQuorum()];
	}

}
