package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.omnipaxos.sample.network.LinkCondition;
import io.omnipaxos.sample.network.NamespaceLinks;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Cuts between nodes that live in network namespaces of their own: what is cut is packets
 * and not bytes, so connections time out, are opened in vain and come back as they do in
 * real networks. Run by {@code mvn verify -Pfaults -pl sample-kv-app -am}, as root.
 * <p>
 * System property: {@code omnipaxos.faults.namespaces.minutes}, how long to go on with
 * all faults; each is done once at least.
 */
@Tag("faults")
class NamespacesIT {

	private static final long SEED = 47;

	private static final int A_GOOD_DEAL = 50;

	private static final Duration LENGTH = Duration
		.ofMinutes(Integer.getInteger("omnipaxos.faults.namespaces.minutes", 0));

	@BeforeAll
	static void isPossible() {
		assumeThat(NamespaceLinks.obstacle()).isEmpty();
	}

	/** The three partial partitions of the paper "Omni-Paxos", and a way that is cut. */
	@Test
	void whoReachesAMajorityLeads() throws IOException {
		try (SampleCluster cluster = SampleCluster.separate("namespaces", 5)) {
			KvWorkload workload = new KvWorkload(cluster.nodes(), SEED, 0, Duration.ofMillis(10));
			try (workload) {
				workload.awaitWrites(A_GOOD_DEAL);

				SampleNode unheard = cluster.leader();
				int one = cluster.pidOf(unheard);
				cluster.others(unheard)
					.forEach((other) -> cluster.links().direct(one, cluster.pidOf(other), LinkCondition.CUT));
				goesOn(cluster.others(unheard), cluster, workload);

				SampleNode hub = cluster.others(cluster.leader()).get(0);
				int center = cluster.pidOf(hub);
				cluster.links().keepOnly((from, to) -> from == center || to == center);
				goesOn(List.of(hub), cluster, workload);

				int gone = cluster.pidOf(cluster.leader());
				SampleNode behind = cluster.others(cluster.leader()).get(0);
				int next = cluster.pidOf(behind);
				cluster.links().direct(gone, next, LinkCondition.CUT);
				cluster.links().direct(next, gone, LinkCondition.CUT);
				workload.awaitWrites(A_GOOD_DEAL);
				cluster.links().keepOnly((from, to) -> (from == next || to == next) && from != gone && to != gone);
				goesOn(List.of(behind), cluster, workload);

				cluster.links().keepOnly((from, to) -> Math.abs(from - to) == 1);
				workload.awaitWrites(A_GOOD_DEAL);

				cluster.links().reset(1, 2);
				heal(cluster, workload);
			}
			System.out.println("Packets cut: " + workload.outcomes());
			LogCheck.check(cluster, workload.history(), 0);
		}
	}

	/** Some nodes agree on a leader among them, whom clients can use. */
	private static void goesOn(List<SampleNode> some, SampleCluster cluster, KvWorkload workload) {
		cluster.leaderAmong(some);
		workload.awaitWrites(A_GOOD_DEAL);
		heal(cluster, workload);
	}

	private static void heal(SampleCluster cluster, KvWorkload workload) {
		cluster.heal();
		workload.awaitWrites(A_GOOD_DEAL);
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 5 })
	void nothingIsLostDoubledOrShownWrongly(int nodes) throws IOException {
		String name = "faults-namespaces-" + nodes;
		try (SampleCluster cluster = SampleCluster.separate(name, nodes, "--omnipaxos.limits.cache=1MB")) {
			new FaultSeries(Faults.ofProcessesAndCuts(), LENGTH.dividedBy(2)).run(cluster, name);
		}
	}

}
