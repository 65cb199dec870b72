package io.omnipaxos.test.conformance;

import java.util.HashSet;
import java.util.Set;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulatedNode;
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

	private static NodeId crashLeader(SimulatedCluster cluster) {
		cluster.runUntil(Condition.oneLeader(), Scenario.WAIT);
		SimulatedNode leader = cluster.leader();
		assertThat(leader).isNotNull();
		cluster.crash(leader.pid());
		return leader.pid();
	}

}
