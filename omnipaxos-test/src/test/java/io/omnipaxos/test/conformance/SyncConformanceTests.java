package io.omnipaxos.test.conformance;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.SimulatedAppend;
import io.omnipaxos.test.simulation.SimulatedCluster;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.conformance.Scenario.SEED;
import static io.omnipaxos.test.conformance.Scenario.WAIT;
import static io.omnipaxos.test.conformance.Scenario.numbers;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scenarios 30 to 34. A leader is cut off and goes on alone; another decides entries with
 * the third node, which then stops; the first comes back and must end with the other's
 * whole log. Whole contents are compared: D1 and D2 hide behind anything less.
 */
class SyncConformanceTests {

	private static final NodeId RETURNING = new NodeId(1);

	private static final NodeId LEADER = new NodeId(2);

	private static final NodeId THIRD = new NodeId(3);

	private static final ClusterConfig NEXT = ClusterConfig.of(2, 1, 2, 3);

	private final SimulatedCluster cluster = SimulatedCluster.ofNodes(3, SEED).ledBy(RETURNING);

	@Test
	void everythingAtOnce() {
		bothHave(3);
		cutOff();
		Scenario.append(this.cluster, RETURNING, 6, 9);
		elect();
		Scenario.decide(this.cluster, LEADER, 4, 5);
		this.cluster.crash(THIRD);
		this.cluster.tell(LEADER, "snapshot", (replica) -> replica.snapshot(2L, true));
		Scenario.append(this.cluster, LEADER, 10, 12);
		this.cluster.reconfigure(LEADER, NEXT, "");

		comesBack();

		List<String> whole = new ArrayList<>(numbers(1, 5));
		whole.addAll(numbers(10, 12));
		whole.add("stop-sign");
		assertThat(this.cluster.node(RETURNING).decided()).isEqualTo(whole);
		assertThat(this.cluster.node(RETURNING).core().status().isStopped()).isTrue();
	}

	@Test
	void aStopSignThatIsDecided() {
		bothHave(3);
		cutOff();
		List<SimulatedAppend> alone = Scenario.append(this.cluster, RETURNING, 6, 7);
		elect();
		Scenario.decide(this.cluster, LEADER, 4, 5);
		SimulatedAppend stopSign = this.cluster.reconfigure(LEADER, NEXT, "");
		this.cluster.runUntil(Condition.decided(stopSign), WAIT);
		this.cluster.crash(THIRD);

		comesBack();

		List<String> whole = new ArrayList<>(numbers(1, 5));
		whole.add("stop-sign");
		assertThat(this.cluster.node(RETURNING).decided()).isEqualTo(whole);
		assertThat(alone).extracting(SimulatedAppend::outcome).containsOnly(SimulatedAppend.Outcome.REFUSED);
	}

	@Test
	void nothingButAStopSign() {
		cutOff();
		elect();
		SimulatedAppend stopSign = this.cluster.reconfigure(LEADER, NEXT, "");
		this.cluster.runUntil(Condition.decided(stopSign), WAIT);
		this.cluster.crash(THIRD);

		comesBack();

		assertThat(this.cluster.node(RETURNING).decided()).containsExactly("stop-sign");
	}

	@Test
	void nothingButASnapshot() {
		cutOff();
		elect();
		Scenario.decide(this.cluster, LEADER, 1, 3);
		this.cluster.tell(LEADER, "snapshot", (replica) -> replica.snapshot(3L, true));
		this.cluster.crash(THIRD);

		comesBack();

		assertThat(this.cluster.node(RETURNING).decided()).isEqualTo(numbers(1, 3));
		assertThat(this.cluster.node(RETURNING).core().indexes().compacted()).isEqualTo(3);
	}

	@Test
	void aSnapshotOfTheReturningNodeItself() {
		bothHave(4);
		this.cluster.tell(RETURNING, "snapshot", (replica) -> replica.snapshot(3L, true));
		cutOff();
		elect();
		Scenario.decide(this.cluster, LEADER, 5, 5);
		this.cluster.crash(THIRD);

		comesBack();

		assertThat(this.cluster.node(RETURNING).decided()).isEqualTo(numbers(1, 5));
		assertThat(this.cluster.node(RETURNING).core().indexes().compacted()).isEqualTo(3);
	}

	private void bothHave(int entries) {
		Scenario.decide(this.cluster, RETURNING, 1, entries);
		this.cluster.runUntil(Condition.everyRunningNodeDecided(entries), WAIT);
	}

	private void cutOff() {
		this.cluster.links().isolate(RETURNING);
	}

	private void elect() {
		this.cluster.tell(LEADER, "take over", (replica) -> replica.tryBecomeLeader());
		this.cluster.runUntil(Condition.leaderIs(LEADER), WAIT);
	}

	private void comesBack() {
		this.cluster.healAllLinks();
		long length = this.cluster.node(LEADER).core().indexes().accepted();
		this.cluster.runUntil(Condition.everyRunningNodeDecided(length), WAIT);
	}

}
