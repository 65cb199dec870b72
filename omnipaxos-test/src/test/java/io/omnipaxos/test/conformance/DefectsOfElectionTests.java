package io.omnipaxos.test.conformance;

import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatRequest;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorage;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.SimulatedAppend;
import io.omnipaxos.test.simulation.SimulatedCluster;
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

/**
 * Defects of the Rust library in who leads, numbered as in {@code docs/protocol.md}. Each
 * test is what goes wrong there.
 */
class DefectsOfElectionTests {

	/** D8: one neighbour that answered twice passed for a quorum. */
	@Test
	void d08ARepeatedReplyCountsOnce() {
		ReplicaUnderTest node = new ReplicaUnderTest(ClusterConfig.of(1, 1, 2, 3, 4, 5), N1, new MemoryStorage());

		for (int round = 0; round < 5; round++) {
			node.give(OmniPaxos::tick);
			HeartbeatRequest request = lastRequest(node);
			for (int copy = 0; copy < 4; copy++) {
				node.receive(N2, unhappy(N2, request));
			}
		}

		assertThat(node.core().status().connectivity().prepareQuorum()).isFalse();
		assertThat(node.core().status().promise()).isEqualTo(Ballot.NONE);
	}

	/** The same replies from two neighbours are a quorum: the test above can fail. */
	@Test
	void d08RepliesOfTwoNeighboursOfFourAreAQuorum() {
		ReplicaUnderTest node = new ReplicaUnderTest(ClusterConfig.of(1, 1, 2, 3, 4, 5), N1, new MemoryStorage());

		for (int round = 0; round < 5; round++) {
			node.give(OmniPaxos::tick);
			HeartbeatRequest request = lastRequest(node);
			for (NodeId peer : new NodeId[] { N2, N3 }) {
				node.receive(peer, unhappy(peer, request));
			}
		}

		assertThat(node.core().status().promise().n()).isGreaterThan(1);
		assertThat(node.core().status().promise().pid()).isEqualTo(N1);
	}

	/** D11: a higher priority started no election, and lost the next one. */
	@Test
	void d11AFollowerWithTheHighestPriorityTakesOver() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(3, SEED).ledBy(N3);

		cluster.tell(N1, "priority 7", (replica) -> replica.setPriority(7));
		cluster.runUntil(Condition.leaderIs(N1), electionRounds(3));
		cluster.run(electionRounds(20));

		assertThat(cluster.node(N1).core().status().promise().priority()).isEqualTo(7);
		assertThat(cluster.node(N2).core().status().leader()).isEqualTo(N1);
	}

	/** D11: the node with the highest priority wins the election after a crash. */
	@Test
	void d11TheHighestPriorityWinsTheNextElection() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(5, SEED).ledBy(N5);
		cluster.tell(N2, "priority 9", (replica) -> replica.setPriority(9));
		cluster.runUntil(Condition.leaderIs(N2), electionRounds(3));
		cluster.crash(N2);
		cluster.tell(N1, "priority 8", (replica) -> replica.setPriority(8));

		cluster.runUntil(Condition.leaderIs(N1), electionRounds(8));
		cluster.run(electionRounds(20));

		assertThat(cluster.node(N4).core().status().leader()).isEqualTo(N1);
	}

	/** D16: a leader without a quorum went on calling itself one, and told nobody. */
	@Test
	void d16ALeaderWithoutAQuorumSaysSo() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(3, SEED).ledBy(N1);
		cluster.run(electionRounds(3));
		assertThat(cluster.node(N1).core().status().connectivity().writeQuorum()).isTrue();

		cluster.links().isolate(N1);
		cluster.run(electionRounds(3));

		assertThat(cluster.node(N1).core().status().connectivity().writeQuorum()).isFalse();
		assertThat(cluster.node(N1).core().status().connectivity().leader()).isFalse();
	}

	/**
	 * D17: the only node with a quorum took over one ballot at a time, from far below.
	 * Node 1 is cut off while 4 and 5 lead in turn, a hundred times; then only its links
	 * to 2 and 3 are left.
	 */
	@Test
	void d17ANodeThatMissedAHundredBallotsTakesOverAtOnce() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(5, SEED).ledBy(N4);
		cluster.links().isolate(N1);
		for (int turn = 0; turn < 50; turn++) {
			takeOver(cluster, N5);
			takeOver(cluster, N4);
		}
		assertThat(cluster.node(N4).core().status().promise().n()).isGreaterThan(90);

		cluster.links()
			.keepOnly((from, to) -> isAmong(N1, from, to) && (isAmong(N2, from, to) || isAmong(N3, from, to)));
		SimulatedAppend append = cluster.append(N1, "at last");

		cluster.runUntil(Condition.decided(append), electionRounds(6));
		assertThat(cluster.node(N1).core().status().leader()).isEqualTo(N1);
	}

	private static boolean isAmong(NodeId node, NodeId a, NodeId b) {
		return node.equals(a) || node.equals(b);
	}

	private static void takeOver(SimulatedCluster cluster, NodeId node) {
		cluster.tell(node, "take over", OmniPaxos::tryBecomeLeader);
		cluster.runUntil(Condition.leaderIs(node), WAIT);
	}

	private static HeartbeatReply unhappy(NodeId peer, HeartbeatRequest request) {
		Ballot own = new Ballot(1, 1, 0, peer);
		return new HeartbeatReply(request.session(), request.round(), own, own, false, 0);
	}

	private static HeartbeatRequest lastRequest(ReplicaUnderTest node) {
		return node.sent(N2, HeartbeatRequest.class).get(node.sent(N2, HeartbeatRequest.class).size() - 1);
	}

}
