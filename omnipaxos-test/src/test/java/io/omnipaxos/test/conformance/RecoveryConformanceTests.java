package io.omnipaxos.test.conformance;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulatedNode;
import io.omnipaxos.test.simulation.Timespan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.omnipaxos.test.conformance.Scenario.SEED;
import static io.omnipaxos.test.conformance.Scenario.numbers;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scenarios 22 to 25: fifty entries are decided, a node loses its power for five ticks
 * and comes back with its disk, and the other fifty are appended somewhere.
 */
class RecoveryConformanceTests {

	private static final NodeId LEADER = new NodeId(1);

	@ParameterizedTest(name = "node {0} restarts, node {1} appends; node 1 led")
	@CsvSource({ "1, 2", "1, 1", "2, 1", "2, 2" })
	void everybodyHasAllEntriesAfterARestart(long restarted, long proposer) {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(3, SEED).ledBy(LEADER);
		Scenario.decide(cluster, LEADER, 1, 50);

		cluster.crash(new NodeId(restarted));
		cluster.run(Timespan.ticks(5));
		cluster.restart(new NodeId(restarted));
		Scenario.decide(cluster, new NodeId(proposer), 51, 100);

		cluster.runUntil(Condition.converged(), Timespan.electionRounds(35));
		for (SimulatedNode node : cluster.nodes()) {
			assertThat(node.decided()).isEqualTo(numbers(1, 100));
		}
	}

}
