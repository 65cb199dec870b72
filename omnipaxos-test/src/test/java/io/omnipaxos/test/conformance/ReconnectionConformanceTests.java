package io.omnipaxos.test.conformance;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.Fate;
import io.omnipaxos.test.simulation.Observer;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulatedNode;
import io.omnipaxos.test.simulation.SimulationSettings;
import io.omnipaxos.test.simulation.Timespan;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.conformance.Scenario.N1;
import static io.omnipaxos.test.conformance.Scenario.N2;
import static io.omnipaxos.test.conformance.Scenario.N5;
import static io.omnipaxos.test.conformance.Scenario.SEED;
import static io.omnipaxos.test.conformance.Scenario.WAIT;
import static io.omnipaxos.test.conformance.Scenario.numbers;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scenarios 14 to 18: one follower of five misses messages of each kind, and has all
 * entries within five election timeouts of being reconnected. Nobody tells the nodes that
 * a link is back.
 */
class ReconnectionConformanceTests {

	private static final NodeId LEADER = N1;

	private static final NodeId FOLLOWER = N5;

	private static final Timespan SOON = Timespan.electionRounds(5);

	/** 14, in our terms: accepts need no sequence numbers, they name where they start. */
	@Test
	void acceptsNameWhereTheyStart() {
		List<AcceptDecide> accepts = new ArrayList<>();
		SimulatedCluster cluster = SimulatedCluster.of(SimulationSettings.ofNodes(5, SEED), new Observer() {

			@Override
			public void sent(SimulatedNode node, Envelope envelope, Fate fate) {
				if (envelope.to().equals(FOLLOWER) && envelope.message() instanceof AcceptDecide accept
						&& !accept.entries().isEmpty()) {
					accepts.add(accept);
				}
			}

		}).ledBy(LEADER);
		Scenario.decide(cluster, LEADER, 1, 5);
		accepts.clear();

		Scenario.decide(cluster, LEADER, 6, 10);

		assertThat(accepts).extracting(AcceptDecide::from).containsExactly(5L, 6L, 7L, 8L, 9L);
		assertThat(accepts).extracting(AcceptDecide::ballot).containsOnly(accepts.get(0).ballot());
	}

	@Test
	void aFollowerThatMissedAcceptsHasAllEntries() {
		SimulatedCluster cluster = started();
		cluster.links().cutOneWay(LEADER, FOLLOWER);
		Scenario.decide(cluster, LEADER, 6, 10);

		cluster.links().healOneWay(LEADER, FOLLOWER);
		Scenario.decide(cluster, LEADER, 11, 15);

		cluster.runUntil(Condition.decidedBy(FOLLOWER, upTo(15)), SOON);
		assertThat(cluster.node(FOLLOWER).decided()).isEqualTo(numbers(1, 15));
	}

	@Test
	void aFollowerThatMissedThePrepareHasAllEntries() {
		SimulatedCluster cluster = started();
		cluster.nodes()
			.stream()
			.map(SimulatedNode::pid)
			.filter((pid) -> !pid.equals(FOLLOWER))
			.forEach((pid) -> cluster.links().cutOneWay(pid, FOLLOWER));
		changeLeader(cluster);
		Scenario.decide(cluster, N2, 6, 10);

		cluster.healAllLinks();

		cluster.runUntil(Condition.decidedBy(FOLLOWER, upTo(10)), SOON);
		assertThat(cluster.node(FOLLOWER).decided()).isEqualTo(numbers(1, 10));
	}

	@Test
	void aFollowerWhosePromiseWasLostHasAllEntries() {
		SimulatedCluster cluster = started();
		cluster.nodes()
			.stream()
			.map(SimulatedNode::pid)
			.filter((pid) -> !pid.equals(FOLLOWER))
			.forEach((pid) -> cluster.links().cutOneWay(FOLLOWER, pid));
		changeLeader(cluster);
		Scenario.decide(cluster, N2, 6, 10);

		cluster.healAllLinks();

		cluster.runUntil(Condition.decidedBy(FOLLOWER, upTo(10)), SOON);
		assertThat(cluster.node(FOLLOWER).decided()).isEqualTo(numbers(1, 10));
	}

	/** 18: there is no request to prepare here; the follower says that it has a gap. */
	@Test
	void aFollowerWhoseGapReportWasLostHasAllEntries() {
		SimulatedCluster cluster = started();
		cluster.links().cutOneWay(LEADER, FOLLOWER);
		Scenario.decide(cluster, LEADER, 6, 10);
		cluster.links().healOneWay(LEADER, FOLLOWER);
		cluster.links().cutOneWay(FOLLOWER, LEADER);
		Scenario.decide(cluster, LEADER, 11, 15);

		cluster.healAllLinks();

		cluster.runUntil(Condition.decidedBy(FOLLOWER, upTo(15)), SOON);
		assertThat(cluster.node(FOLLOWER).decided()).isEqualTo(numbers(1, 15));
	}

	private static SimulatedCluster started() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(5, SEED).ledBy(LEADER);
		Scenario.decide(cluster, LEADER, 1, 5);
		cluster.runUntil(Condition.everyRunningNodeDecided(5), WAIT);
		return cluster;
	}

	private static void changeLeader(SimulatedCluster cluster) {
		cluster.tell(N2, "take over", OmniPaxos::tryBecomeLeader);
		cluster.runUntil(Condition.leaderIs(N2), WAIT);
	}

	private static String[] upTo(int last) {
		return numbers(1, last).toArray(String[]::new);
	}

}
