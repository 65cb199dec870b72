package io.omnipaxos.test.conformance;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.FlexibleQuorum;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.SimulatedAppend;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulatedNode;
import io.omnipaxos.test.simulation.SimulationSettings;
import io.omnipaxos.test.simulation.Timespan;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.conformance.Scenario.N1;
import static io.omnipaxos.test.conformance.Scenario.N2;
import static io.omnipaxos.test.conformance.Scenario.SEED;
import static io.omnipaxos.test.conformance.Scenario.WAIT;
import static io.omnipaxos.test.conformance.Scenario.numbers;
import static org.assertj.core.api.Assertions.assertThat;

/** Scenarios 2 and 5 to 8: entries that are decided, by whom and in which order. */
class ReplicationConformanceTests {

	/** Scenario 2: nobody leads yet when the entries are appended. */
	@Test
	void decidesWhatWasAppendedBeforeTheFirstElection() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(5, SEED);
		Scenario.append(cluster, N1, 1, 2000);

		cluster.runUntil(Condition.everyRunningNodeDecided(2000), WAIT);

		for (SimulatedNode node : cluster.nodes()) {
			assertThat(node.decided()).isEqualTo(numbers(1, 2000));
		}
	}

	/** Scenario 5: six of eight must promise, three must accept. */
	@Test
	void goesOnAfterAsManyCrashesAsThePrepareQuorumBears() {
		SimulatedCluster cluster = eightWithQuorums();
		Scenario.decide(cluster, N2, 0, 49);
		cluster.run(WAIT);
		NodeId leader = leaderOf(cluster);
		NodeId other = othersThan(cluster, leader, N2).get(0);
		cluster.crash(leader);
		cluster.crash(other);
		NodeId proposer = othersThan(cluster, leader, other).get(0);

		Scenario.decide(cluster, proposer, 50, 99);

		assertThat(cluster.node(proposer).decided()).isEqualTo(numbers(0, 99));
	}

	/** Scenario 6: while the leader lives, three of eight are enough. */
	@Test
	void goesOnAfterAsManyCrashesAsTheWriteQuorumBearsWhileTheLeaderLives() {
		SimulatedCluster cluster = eightWithQuorums();
		Scenario.decide(cluster, N2, 0, 49);
		cluster.run(WAIT);
		NodeId leader = leaderOf(cluster);
		othersThan(cluster, leader, leader).subList(0, 5).forEach(cluster::crash);
		cluster.run(WAIT);

		Scenario.decide(cluster, leader, 50, 99);

		assertThat(cluster.node(leader).decided()).isEqualTo(numbers(0, 99));
		assertThat(cluster.runningNodes()).hasSize(3);
	}

	/** Scenario 7. */
	@Test
	void forwardsWhatAFollowerAppends() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(7, SEED);
		cluster.runUntil(Condition.oneLeader(), WAIT);
		NodeId follower = othersThan(cluster, leaderOf(cluster), N1).get(0);

		SimulatedAppend append = cluster.append(follower, "forwarded");
		cluster.runUntil(Condition.decided(append), WAIT);

		assertThat(cluster.node(follower).decided()).containsExactly("forwarded");
	}

	/** Scenario 8: batches of 31, and 310 entries fill ten of them. */
	@Test
	void decidesWholeBatches() {
		SimulatedCluster cluster = SimulatedCluster.of(SimulationSettings.ofNodes(3, SEED)
			.withServer((server) -> server.withBatchSize(31).withFlushBatchTickTimeout(100_000)));
		cluster.runUntil(Condition.oneLeader(), WAIT);
		List<Long> decided = new ArrayList<>();

		for (String text : numbers(1, 310)) {
			cluster.append(N1, text);
			cluster.run(Timespan.units(5));
			decided.add(cluster.node(N1).core().indexes().decided());
		}
		cluster.runUntil(Condition.everyRunningNodeDecided(310), WAIT);

		assertThat(decided).allSatisfy((index) -> assertThat(index % 31).isZero());
		assertThat(cluster.node(N1).decided()).isEqualTo(numbers(1, 310));
	}

	private static SimulatedCluster eightWithQuorums() {
		ClusterConfig base = ClusterConfig.of(1, 1, 2, 3, 4, 5, 6, 7, 8);
		ClusterConfig cluster = new ClusterConfig(1, base.nodes(), new FlexibleQuorum(6, 3));
		return SimulatedCluster.of(SimulationSettings.of(cluster, SEED));
	}

	private static NodeId leaderOf(SimulatedCluster cluster) {
		SimulatedNode leader = cluster.leader();
		assertThat(leader).isNotNull();
		return leader.pid();
	}

	private static List<NodeId> othersThan(SimulatedCluster cluster, NodeId one, NodeId other) {
		return cluster.nodes()
			.stream()
			.map(SimulatedNode::pid)
			.filter((pid) -> !pid.equals(one) && !pid.equals(other))
			.toList();
	}

}
