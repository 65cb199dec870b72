package io.omnipaxos.test.conformance;

import java.util.List;

import io.omnipaxos.core.CompactionException;
import io.omnipaxos.core.CompactionException.Reason;
import io.omnipaxos.core.Notice;
import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.message.AcceptMessage.CatchUp;
import io.omnipaxos.core.message.CatchUpMessage.FetchDecided;
import io.omnipaxos.core.message.CatchUpMessage.NotAvailable;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorage;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulatedNode;
import io.omnipaxos.test.simulation.SimulationSettings;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.conformance.Scenario.N1;
import static io.omnipaxos.test.conformance.Scenario.N2;
import static io.omnipaxos.test.conformance.Scenario.N3;
import static io.omnipaxos.test.conformance.Scenario.SEED;
import static io.omnipaxos.test.conformance.Scenario.WAIT;
import static io.omnipaxos.test.conformance.Scenario.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Defects of the Rust library around trimmed logs, numbered as in
 * {@code docs/protocol.md}. Each test is what goes wrong there.
 */
class DefectsOfCompactionTests {

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	/** D4: with pids such as these nothing could ever be trimmed. */
	@Test
	void d04ALogOfNodesSixToEightIsTrimmed() {
		NodeId leader = new NodeId(6);
		SimulatedCluster cluster = SimulatedCluster.of(SimulationSettings.of(ClusterConfig.of(1, 6, 7, 8), SEED))
			.ledBy(leader);
		Scenario.decide(cluster, leader, 1, 10);
		cluster.run(WAIT);

		cluster.tell(leader, "trim", (replica) -> replica.trim(7L));
		cluster.run(WAIT);

		for (SimulatedNode node : cluster.nodes()) {
			assertThat(node.core().indexes().compacted()).isEqualTo(7);
		}
	}

	/** D6: without snapshots, entries that a node lacked were trimmed, and it crashed. */
	@Test
	void d06NothingIsTrimmedThatANodeStillLacks() {
		SimulatedCluster cluster = SimulatedCluster.of(SimulationSettings.ofNodes(3, SEED).withoutSnapshots())
			.ledBy(N1);
		cluster.links().isolate(N3);
		Scenario.decide(cluster, N1, 1, 5);
		takeOver(cluster, N2);
		Scenario.decide(cluster, N2, 6, 10);

		assertThatExceptionOfType(CompactionException.class).isThrownBy(() -> cluster.node(N2).core().trim(8L))
			.extracting(CompactionException::reason)
			.isEqualTo(Reason.NOT_DECIDED_EVERYWHERE);
		cluster.healAllLinks();
		cluster.runUntil(Condition.converged(), WAIT);

		assertThat(cluster.node(N3).decided()).isEqualTo(numbers(1, 10));
	}

	/** D6: with snapshots, one was given out as complete that lacked what was trimmed. */
	@Test
	void d06ASnapshotOfATrimmedLogJoinsWhatTheNodeHas() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(3, SEED).ledBy(N1);
		Scenario.decide(cluster, N1, 1, 4);
		cluster.run(WAIT);
		cluster.tell(N1, "trim", (replica) -> replica.trim(3L));
		cluster.run(WAIT);
		cluster.links().isolate(N3);
		Scenario.decide(cluster, N1, 5, 8);
		cluster.tell(N1, "snapshot", (replica) -> replica.snapshot(6L, false));
		cluster.run(WAIT);

		cluster.healAllLinks();
		cluster.runUntil(Condition.converged(), WAIT);

		assertThat(cluster.node(N3).decided()).isEqualTo(numbers(1, 8));
		assertThat(cluster.node(N3).core().indexes().snapshotBase()).isEqualTo(3);
	}

	/** D15: the leader crashed on a node that had lost its storage after a trim. */
	@Test
	void d15ALeaderThatHasTrimmedTellsANodeWithoutStorageSo() {
		MemoryStorage storage = new MemoryStorage();
		Ballot earlier = new Ballot(1, 1, 0, N2);
		ReplicaUnderTest.prepare(storage, earlier, ReplicaUnderTest.entries(1, 12), 12);
		storage.write(List.of(new StorageOp.Trim(10, ReplicaUnderTest.sessions(10))));
		ReplicaUnderTest leader = new ReplicaUnderTest(ClusterConfig.of(1, 1, 2, 3), N1, storage);
		leader.give(OmniPaxos::tryBecomeLeader);
		Ballot ballot = leader.core().status().promise();
		leader.receive(N2, new Promise(ballot, new LogPosition(earlier, 12, 12)));

		leader.receive(N3, new Promise(ballot, EMPTY));
		leader.receive(N3, new FetchDecided(0, null, 0));

		assertThat(leader.sent(N3, CatchUp.class)).containsExactly(new CatchUp(ballot, 12, N1));
		assertThat(leader.sent(N3, NotAvailable.class)).containsExactly(new NotAvailable(0, 10));
	}

	/** D15: the node said decided = 12, with an empty log. */
	@Test
	void d15ANodeWithoutStorageReportsWhatItLacks() {
		ReplicaUnderTest node = new ReplicaUnderTest(ClusterConfig.of(1, 1, 2, 3), N3, new MemoryStorage());
		Ballot ballot = new Ballot(1, 5, 0, N1);
		node.receive(N1, new Prepare(ballot, new LogPosition(new Ballot(1, 4, 0, N1), 12, 12)));
		node.receive(N1, new CatchUp(ballot, 12, N1));

		node.receive(N1, new NotAvailable(0, 10));
		node.receive(N2, new NotAvailable(0, 10));

		assertThat(node.notices()).contains(new Notice.CatchUpImpossible(0, 10));
		assertThat(node.core().status().missingFrom()).isZero();
		assertThat(node.core().indexes().decided()).isZero();
	}

	private static void takeOver(SimulatedCluster cluster, NodeId node) {
		cluster.tell(node, "take over", OmniPaxos::tryBecomeLeader);
		cluster.runUntil(Condition.leaderIs(node), WAIT);
	}

}
