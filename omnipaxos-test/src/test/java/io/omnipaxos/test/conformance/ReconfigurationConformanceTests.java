package io.omnipaxos.test.conformance;

import java.util.List;
import java.util.Optional;

import io.omnipaxos.core.LogEntry;
import io.omnipaxos.core.LogSealedException;
import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.SimulatedAppend;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulatedNode;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.conformance.Scenario.N1;
import static io.omnipaxos.test.conformance.Scenario.N2;
import static io.omnipaxos.test.conformance.Scenario.N3;
import static io.omnipaxos.test.conformance.Scenario.N4;
import static io.omnipaxos.test.conformance.Scenario.N5;
import static io.omnipaxos.test.conformance.Scenario.SEED;
import static io.omnipaxos.test.conformance.Scenario.WAIT;
import static io.omnipaxos.test.simulation.Timespan.electionRounds;
import static org.assertj.core.api.Assertions.assertThat;

/** Scenarios 13 and 19 to 21: stop-signs, forwarded and lost. */
class ReconfigurationConformanceTests {

	private static final ClusterConfig NEXT = ClusterConfig.of(2, 5, 6, 7);

	@Test
	void decidesAForwardedStopSignAndSealsTheLog() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(5, SEED).ledBy(N3);
		Scenario.decide(cluster, N1, 1, 2000);

		SimulatedAppend stopSign = cluster.reconfigure(N1, NEXT, "255");
		cluster.runUntil(Condition.everyRunningNodeDecided(2001), WAIT);

		assertThat(stopSign.index()).isEqualTo(2000);
		for (SimulatedNode node : cluster.nodes()) {
			assertThat(node.core().read(2000)).isEqualTo(stopSign(2000, NEXT, "255", true));
			assertThat(node.core().status().isStopped()).isTrue();
			assertThat(cluster.append(node.pid(), "late").refusal()).isInstanceOf(LogSealedException.class);
		}
	}

	/** 19: who missed the stop-sign becomes the leader, and learns of it as such. */
	@Test
	void aLeaderWhoMissedTheStopSignDecidesIt() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(5, SEED).ledBy(N1);
		cluster.links().cutOneWay(N1, N5);
		SimulatedAppend stopSign = cluster.reconfigure(N1, ClusterConfig.of(2, 1, 2), "");
		cluster.runUntil(Condition.decided(stopSign), WAIT);
		cluster.crash(N1);

		cluster.tell(N5, "take over", OmniPaxos::tryBecomeLeader);
		cluster.runUntil(Condition.leaderIs(N5), WAIT);
		cluster.runUntil(Condition.everyRunningNodeDecided(1), WAIT);

		assertThat(cluster.node(N5).core().read(0)).isEqualTo(stopSign(0, ClusterConfig.of(2, 1, 2), "", true));
	}

	/** 20: there is no quorum, so the stop-sign is only accepted. */
	@Test
	void theSameLeaderSendsALostStopSignAgain() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(5, SEED).ledBy(N1);
		cluster.crash(N3);
		cluster.crash(N4);
		cluster.crash(N5);
		cluster.links().cut(N1, N2);
		cluster.reconfigure(N1, ClusterConfig.of(2, 1, 2), "1, 2, 3");

		cluster.links().heal(N1, N2);
		cluster.run(electionRounds(5));

		assertThat(cluster.node(N2).core().read(0)).isEqualTo(stopSign(0, ClusterConfig.of(2, 1, 2), "1, 2, 3", false));
	}

	/** 21: nothing of the stop-sign arrived, and then not at once that it is decided. */
	@Test
	void aLostDecisionOfAStopSignIsToldAgain() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(5, SEED).ledBy(N1);
		for (NodeId other : List.of(N1, N2, N3, N4)) {
			cluster.links().cutOneWay(other, N5);
		}
		SimulatedAppend stopSign = cluster.reconfigure(N1, ClusterConfig.of(2, 1, 2), "");
		cluster.runUntil(Condition.decided(stopSign), WAIT);
		assertThat(cluster.node(N5).core().status().isStopped()).isFalse();

		cluster.links().healOneWay(N1, N5);
		cluster.loseNext(N1, N5, AcceptDecide.class);
		cluster.run(electionRounds(5));

		assertThat(cluster.node(N5).core().status().isStopped()).isTrue();
	}

	/** D5: a stop-sign proposed where no leader is known waits like any proposal. */
	@Test
	void d05AStopSignProposedWithoutALeaderIsForwardedLater() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(3, SEED);
		SimulatedAppend stopSign = cluster.reconfigure(N1, NEXT, "early");

		cluster.ledBy(N2).runUntil(Condition.decided(stopSign), WAIT);

		cluster.runUntil(Condition.everyRunningNodeDecided(1), WAIT);
		assertThat(cluster.node(N3).decided()).hasSize(1);
	}

	private static Optional<LogEntry<Payload>> stopSign(long index, ClusterConfig next, String metadata,
			boolean decided) {
		return Optional.of(new LogEntry.StopSign<>(index, next, Payload.ofText(metadata), decided));
	}

}
