package io.omnipaxos.test.conformance;

import java.util.HashSet;
import java.util.Set;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.SimulatedAppend;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulatedNode;
import io.omnipaxos.test.simulation.Timespan;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Scenario 1. */
class ElectionConformanceTests {

	@Test
	void tenNodesElectANewLeaderAfterEachOfFiveCrashesButTheLast() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(10, Scenario.SEED);
		Set<NodeId> leaders = new HashSet<>();

		for (int crashes = 0; crashes < 4; crashes++) {
			leaders.add(crashLeader(cluster));
		}
		cluster.runUntil(Condition.oneLeader(), Scenario.WAIT);

		assertThat(leaders).as("leaders that crashed, each once").hasSize(4);
	}

	/**
	 * The Rust library's test goes on to a fifth crash and looks for a leader only before
	 * it: five of ten nodes are no majority, and must not elect anybody.
	 */
	@Test
	void fiveOfTenNodesElectNobody() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(10, Scenario.SEED);
		for (int crashes = 0; crashes < 5; crashes++) {
			crashLeader(cluster);
		}

		cluster.run(Scenario.WAIT);

		assertThat(cluster.leader()).isNull();
	}

	/** It would have to fetch everything first, and nobody would decide meanwhile. */
	@Test
	void aNodeThatStartsForTheFirstTimeWhereOthersDecideLeavesTheirLeaderTheLead() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(3, Scenario.SEED);
		cluster.crash(Scenario.N3);
		cluster.runUntil(Condition.leaderIs(Scenario.N2), Scenario.WAIT);
		Scenario.decide(cluster, Scenario.N1, 1, 20);
		Ballot led = cluster.node(Scenario.N2).core().status().promise();

		cluster.restart(Scenario.N3);
		cluster.run(Scenario.WAIT);

		assertThat(cluster.nodes()).extracting((node) -> node.core().status().promise()).containsOnly(led);
		assertThat(cluster.node(Scenario.N3).decided()).isEqualTo(Scenario.numbers(1, 20));
	}

	/** However few of the links between them work, as long as one reaches a quorum. */
	@Test
	void nodesThatAreAllNewElectTheOneThatReachesAQuorum() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(5, Scenario.SEED);
		cluster.keepOnlyLinksOf(Scenario.N1);

		cluster.runUntil(Condition.leaderIs(Scenario.N1), Timespan.electionRounds(6));
		SimulatedAppend append = cluster.append(Scenario.N4, "first");

		cluster.runUntil(Condition.decided(append), Scenario.WAIT);
	}

	private static NodeId crashLeader(SimulatedCluster cluster) {
		cluster.runUntil(Condition.oneLeader(), Scenario.WAIT);
		SimulatedNode leader = cluster.leader();
		assertThat(leader).isNotNull();
		cluster.crash(leader.pid());
		return leader.pid();
	}

}
