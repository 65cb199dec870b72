package io.omnipaxos.test.connectivity;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.SimulatedCluster;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.simulation.Condition.everyNodeDecided;
import static io.omnipaxos.test.simulation.Condition.leaderIs;
import static io.omnipaxos.test.simulation.Timespan.electionRounds;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cluster stays available as long as one node reaches a quorum, whoever that node is.
 * Each test cuts links and not nodes: everybody is alive, and not everybody can talk.
 */
class PartialConnectivityTests {

	private static final long SEED = 42;

	private static final NodeId HUB = new NodeId(1);

	private static final NodeId OLD_LEADER = new NodeId(3);

	private static final NodeId BYSTANDER = new NodeId(5);

	/** The paper promises four, and messages take their time. */
	private static final double ELECTION_TIMEOUTS = 4.1;

	/** The longest of two thousand random histories is 5.8. */
	private static final double ELECTION_TIMEOUTS_OF_SEVEN = 6;

	/**
	 * The leader keeps its link to the hub and loses every other. It is alive and the hub
	 * still hears it, yet it can decide nothing; a protocol that waits for the leader to
	 * fall silent would wait forever.
	 */
	@Test
	void leadershipMovesToTheOnlyNodeThatStillReachesAQuorum() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(5, SEED).ledBy(OLD_LEADER);
		cluster.append(BYSTANDER, "before");
		cluster.runUntil(everyNodeDecided("before"), electionRounds(1));

		cluster.keepOnlyLinksOf(HUB);
		cluster.runUntil(leaderIs(HUB), electionRounds(4));
		cluster.append(BYSTANDER, "during");
		cluster.runUntil(everyNodeDecided("before", "during"), electionRounds(1));

		cluster.healAllLinks();
		cluster.append(OLD_LEADER, "after");
		cluster.runUntil(everyNodeDecided("before", "during", "after"), electionRounds(2));
	}

	@Test
	void noPartialPartitionStopsTheClusterForLongerThanThePaperPromises() {
		assertThat(PartialConnectivity.measure(100))
			.allSatisfy((measurement) -> assertThat(measurement.longest()).as(measurement.what())
				.isBetween(0.0, ELECTION_TIMEOUTS));
	}

	/** Unhappiness travels one link in a round, and has longer ways there. */
	@Test
	void sevenNodesNeedLittleMore() {
		assertThat(PartialConnectivity.measureSeven(50))
			.allSatisfy((measurement) -> assertThat(measurement.longest()).as(measurement.what())
				.isBetween(0.0, ELECTION_TIMEOUTS_OF_SEVEN));
	}

}
