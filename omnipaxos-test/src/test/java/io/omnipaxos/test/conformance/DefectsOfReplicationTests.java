package io.omnipaxos.test.conformance;

import java.util.List;

import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatRequest;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.storage.MemoryStorage;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.SimulatedAppend;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulatedNode;
import io.omnipaxos.test.simulation.Timespan;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.conformance.ReplicaUnderTest.entries;
import static io.omnipaxos.test.conformance.Scenario.N1;
import static io.omnipaxos.test.conformance.Scenario.N2;
import static io.omnipaxos.test.conformance.Scenario.N3;
import static io.omnipaxos.test.conformance.Scenario.SEED;
import static io.omnipaxos.test.conformance.Scenario.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Defects of the Rust library in how logs are made equal and entries decided, numbered as
 * in {@code docs/protocol.md}. Each test is what goes wrong there.
 */
class DefectsOfReplicationTests {

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private static final Ballot OF_N2 = new Ballot(1, 5, 0, N2);

	/** D1: the follower's own part of a snapshot went missing, or got too much in. */
	@Test
	void d01AFollowerOnASnapshotHasExactlyTheDecidedEntries() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(3, SEED).ledBy(N1);
		Scenario.decide(cluster, N1, 1, 3);
		cluster.runUntil(Condition.everyRunningNodeDecided(3), WAIT);
		cluster.links().isolate(N1);
		Scenario.append(cluster, N1, 600, 601);
		takeOver(cluster, N2);
		Scenario.decide(cluster, N2, 4, 11);
		cluster.tell(N2, "snapshot", (replica) -> replica.snapshot(11L, true));
		cluster.tell(N3, "snapshot", (replica) -> replica.snapshot(11L, true));
		cluster.run(WAIT);

		cluster.healAllLinks();
		cluster.runUntil(Condition.converged(), WAIT);

		assertThat(cluster.node(N1).decided()).isEqualTo(Scenario.numbers(1, 11, 600, 601));
	}

	/** D2: a node that had the stop-sign already counted it twice. */
	@Test
	void d02ANodeThatHasTheStopSignAlreadyCountsItOnce() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(3, SEED).ledBy(N1);
		cluster.links().cutOneWay(N2, N1);
		cluster.links().cutOneWay(N3, N1);
		cluster.reconfigure(N1, ClusterConfig.of(2, 1, 2, 3), "");
		cluster.run(Timespan.units(3));
		assertThat(cluster.nodes()).allMatch((node) -> node.core().indexes().accepted() == 1);
		assertThat(cluster.nodes()).allMatch((node) -> node.core().indexes().decided() == 0);

		cluster.healAllLinks();
		takeOver(cluster, N2);
		cluster.runUntil(Condition.converged(), WAIT);

		for (SimulatedNode node : cluster.nodes()) {
			assertThat(node.core().indexes().accepted()).isEqualTo(1);
			assertThat(node.core().status().isStopped()).isTrue();
			assertThat(node.core().read(0, 1).orElseThrow()).hasSize(1);
		}
	}

	/** D3: a promise that came late was answered with a lower decided index. */
	@Test
	void d03ALatePromiserWithAHigherDecidedIndexKeepsIt() {
		ReplicaUnderTest leader = leaderOfThree();
		leader.give((core) -> core.append(Payload.ofText("1")));
		Ballot ballot = leader.core().status().promise();

		leader.receive(N3, new Promise(ballot, new LogPosition(OF_N2, 1, 1)));

		assertThat(leader.sent(N3, AcceptSync.class)).isNotEmpty()
			.allSatisfy((sync) -> assertThat(sync.syncIndex()).isGreaterThanOrEqualTo(1));
	}

	/** D7: an older acceptance overwrote a newer one. */
	@Test
	void d07AnOlderAcceptanceTakesNothingBack() {
		ReplicaUnderTest leader = leader(ClusterConfig.of(1, 1, 2, 3, 4, 5), N2, N3);
		Ballot ballot = leader.core().status().promise();
		leader.receive(N2, new Accepted(ballot, 0, 0, false));
		leader.receive(N3, new Accepted(ballot, 0, 0, false));
		leader.give((core) -> core.append(Payload.ofText("1")));
		leader.give((core) -> core.append(Payload.ofText("2")));

		leader.receive(N2, new Accepted(ballot, 2, 0, false));
		leader.receive(N2, new Accepted(ballot, 1, 0, false));
		leader.receive(N3, new Accepted(ballot, 2, 0, false));

		assertThat(leader.core().indexes().decided()).isEqualTo(2);
	}

	/** D10: a sync that came twice rolled the log back. */
	@Test
	void d10ASyncThatComesTwiceTakesNothingBack() {
		ReplicaUnderTest follower = new ReplicaUnderTest(ClusterConfig.of(1, 1, 2, 3), N1, new MemoryStorage());
		AcceptSync sync = new AcceptSync(OF_N2, EMPTY, 0, entries(1, 1), 0);
		follower.receive(N2, new Prepare(OF_N2, EMPTY));
		follower.receive(N2, sync);
		follower.receive(N2, new AcceptDecide(OF_N2, 1, entries(2, 5), 0));

		follower.receive(N2, new Prepare(OF_N2, EMPTY));
		follower.receive(N2, sync);

		assertThat(follower.core().indexes().accepted()).isEqualTo(5);
	}

	/** D10, for a node that promised twice: only its present promise is answered. */
	@Test
	void d10ASyncForAnEarlierPromiseIsRefused() {
		ReplicaUnderTest follower = new ReplicaUnderTest(ClusterConfig.of(1, 1, 2, 3), N1, new MemoryStorage());
		Ballot higher = new Ballot(1, 6, 0, N3);
		follower.receive(N2, new Prepare(OF_N2, EMPTY));
		follower.receive(N2, new AcceptSync(OF_N2, EMPTY, 0, entries(1, 4), 2));
		follower.receive(N3, new Prepare(higher, EMPTY));
		follower.forget();

		follower.receive(N3, new AcceptSync(higher, EMPTY, 0, entries(1, 1), 0));

		assertThat(follower.core().indexes().accepted()).isEqualTo(4);
		assertThat(follower.sent(N3, Promise.class)).extracting(Promise::position)
			.containsExactly(new LogPosition(OF_N2, 4, 2));
	}

	/** D12: a hole in the log went unseen, and another entry was decided in it. */
	@Test
	void d12AHoleIsSeenAndNothingIsAppendedAfterIt() {
		ReplicaUnderTest follower = new ReplicaUnderTest(ClusterConfig.of(1, 1, 2, 3), N1, new MemoryStorage());
		follower.receive(N2, new Prepare(OF_N2, EMPTY));
		follower.receive(N2, new AcceptSync(OF_N2, EMPTY, 0, List.of(), 0));
		follower.forget();

		follower.receive(N2, new AcceptDecide(OF_N2, 1, entries(2, 2), 2));

		assertThat(follower.core().indexes().accepted()).isZero();
		assertThat(follower.sent(N2, Accepted.class)).containsExactly(new Accepted(OF_N2, 0, 0, true));
	}

	/** D13: a repeated request to prepare left the follower behind for good. */
	@Test
	void d13ANodeInStepAnswersARepeatedPrepareWithWhatItHas() {
		ReplicaUnderTest follower = new ReplicaUnderTest(ClusterConfig.of(1, 1, 2, 3), N1, new MemoryStorage());
		follower.receive(N2, new Prepare(OF_N2, EMPTY));
		follower.receive(N2, new AcceptSync(OF_N2, EMPTY, 0, entries(1, 3), 0));
		follower.forget();

		follower.receive(N2, new Prepare(OF_N2, EMPTY));

		assertThat(follower.sent(N2, Accepted.class)).containsExactly(new Accepted(OF_N2, 3, 0, false));
		assertThat(follower.sent(N2, Promise.class)).isEmpty();
	}

	/** D14: a node of the second configuration obeyed one of the first. */
	@Test
	void d14MessagesOfAnotherConfigurationAreNotObeyed() {
		ReplicaUnderTest node = new ReplicaUnderTest(ClusterConfig.of(2, 1, 2, 3), N1, new MemoryStorage());
		node.forget();

		node.give((core) -> core.onMessage(new Envelope(N2, N1, 1, new Prepare(OF_N2, EMPTY))));
		node.give((core) -> core.onMessage(new Envelope(N2, N1, 3, new HeartbeatRequest(1, 1))));

		assertThat(node.core().status().promise()).isEqualTo(Ballot.NONE);
		assertThat(node.sent(N2, Message.class)).isEmpty();
	}

	/** D16: what was appended at a leader that was cut off vanished without an error. */
	@Test
	void d16AnAppendAtALeaderThatIsCutOffIsDecidedOnceItIsBack() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(3, SEED).ledBy(N1);
		cluster.links().isolate(N1);
		SimulatedAppend append = cluster.append(N1, "kept");
		takeOver(cluster, N2);
		Scenario.decide(cluster, N2, 1, 3);
		assertThat(append.outcome()).isEqualTo(SimulatedAppend.Outcome.PENDING);

		cluster.healAllLinks();
		cluster.runUntil(Condition.converged(), WAIT);

		assertThat(append.outcome()).isEqualTo(SimulatedAppend.Outcome.DECIDED);
		assertThat(cluster.node(N3).decided()).containsExactly("1", "2", "3", "kept");
	}

	private static void takeOver(SimulatedCluster cluster, NodeId node) {
		cluster.tell(node, "take over", OmniPaxos::tryBecomeLeader);
		cluster.runUntil(Condition.leaderIs(node), WAIT);
	}

	private static ReplicaUnderTest leaderOfThree() {
		return leader(ClusterConfig.of(1, 1, 2, 3), N2);
	}

	private static ReplicaUnderTest leader(ClusterConfig cluster, NodeId... promising) {
		ReplicaUnderTest replica = new ReplicaUnderTest(cluster, N1, new MemoryStorage());
		replica.give(OmniPaxos::tryBecomeLeader);
		Ballot ballot = replica.core().status().promise();
		for (NodeId peer : promising) {
			replica.receive(peer, new Promise(ballot, EMPTY));
		}
		return replica;
	}

}
