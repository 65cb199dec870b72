package io.omnipaxos.sample.kv;

import java.io.IOException;

import io.omnipaxos.sample.network.LinkCondition;
import org.junit.jupiter.api.Test;

/**
 * Clients work at all nodes while links between the nodes are cut, one-way and both ways.
 * As long as one node reaches a majority, writes go on; what the clients saw is
 * linearizable, and every write that was answered stands once in the log.
 */
class PartitionIT {

	private static final long SEED = 43;

	private static final int A_GOOD_DEAL = 100;

	@Test
	void historiesAreLinearizableAndAppendsStandOnce() throws IOException {
		try (SampleCluster cluster = SampleCluster.fragile("partition", 3)) {
			KvWorkload workload = new KvWorkload(cluster.nodes(), SEED);
			try (workload) {
				workload.awaitWrites(A_GOOD_DEAL);

				SampleNode cutOff = cluster.leader();
				cluster.links().around(cluster.pidOf(cutOff), LinkCondition.CUT);
				isReplaced(cutOff, cluster, workload);

				SampleNode unheard = cluster.leader();
				for (SampleNode other : cluster.others(unheard)) {
					cluster.links().direct(cluster.pidOf(unheard), cluster.pidOf(other), LinkCondition.CUT);
				}
				isReplaced(unheard, cluster, workload);

				SampleNode deaf = cluster.leader();
				for (SampleNode other : cluster.others(deaf)) {
					cluster.links().direct(cluster.pidOf(other), cluster.pidOf(deaf), LinkCondition.CUT);
				}
				isReplaced(deaf, cluster, workload);

				int hub = cluster.pidOf(cluster.others(cluster.leader()).get(0));
				cluster.links().keepOnly((from, to) -> from == hub || to == hub);
				workload.awaitWrites(A_GOOD_DEAL);
				heal(cluster, workload);

				cluster.links().reset(cluster.pidOf(cluster.leader()), hub);
				heal(cluster, workload);
			}
			System.out.println("Links cut: " + workload.outcomes());
			LogCheck.check(cluster, workload.history(), 0);
		}
	}

	private static void isReplaced(SampleNode leader, SampleCluster cluster, KvWorkload workload) {
		cluster.leaderAmong(cluster.others(leader));
		workload.awaitWrites(A_GOOD_DEAL);
		heal(cluster, workload);
	}

	private static void heal(SampleCluster cluster, KvWorkload workload) {
		cluster.heal();
		workload.awaitWrites(A_GOOD_DEAL);
	}

}
