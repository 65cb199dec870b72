package io.omnipaxos.test.connectivity;

import java.util.SplittableRandom;
import java.util.stream.Stream;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulatedNode;
import io.omnipaxos.test.simulation.Timespan;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.simulation.Timespan.electionRounds;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How soon a leader that is gone is replaced, when its peers notice and when they do not;
 * and that one which is still there is not.
 */
class FailOverTests {

	private static final int SEEDS = 300;

	private static final int ELECTIONS = 100;

	private static final NodeId LEADER = new NodeId(2);

	/** The rounds of simulated nodes end almost together, which is the worst case. */
	@Test
	void aLeaderWhoseLossIsNoticedIsReplacedWithinTwoElectionTimeouts() {
		for (int nodes = 3; nodes <= 5; nodes += 2) {
			Measurement noticed = FailOver.measure(nodes, true, SEEDS);
			assertThat(noticed.share(0.5)).as(noticed.what()).isLessThan(1.7);
			assertThat(noticed.longest()).as(noticed.what()).isLessThan(2.2);
		}
	}

	@Test
	void aLeaderWhoseLossIsNotNoticedIsReplacedWithinThree() {
		for (int nodes = 3; nodes <= 5; nodes += 2) {
			Measurement unnoticed = FailOver.measure(nodes, false, SEEDS);
			assertThat(unnoticed.longest()).as(unnoticed.what()).isLessThan(3.2);
		}
	}

	/** Whoever has promised the one that was first does not compete with it. */
	@Test
	void aLostLeaderIsReplacedByOneElection() {
		for (int nodes = 3; nodes <= 7; nodes += 2) {
			for (int seed = 1; seed <= ELECTIONS; seed++) {
				assertThat(FailOver.elections(nodes, seed % 2 == 0, seed)).as("%d nodes, seed %d", nodes, seed)
					.isEqualTo(1);
			}
		}
	}

	/** Streams that break and are back before the round is over lead to no election. */
	@Test
	void aLeaderWhoseConnectionsFlapStaysWhereItIs() {
		for (int seed = 1; seed <= 20; seed++) {
			SimulatedCluster cluster = stable(seed);
			Ballot led = cluster.node(LEADER).core().status().promise();
			SplittableRandom random = new SplittableRandom(seed);
			for (int flap = 0; flap < 100; flap++) {
				cluster.run(Timespan.units(1 + random.nextInt(2 * SimulatedCluster.TICK)));
				followers(cluster).forEach((node) -> {
					cluster.links().announceLoss(node, LEADER);
					cluster.tell(node, "reconnected", (replica) -> replica.reconnected(LEADER));
				});
			}
			cluster.run(electionRounds(3));
			assertThat(cluster.nodes()).extracting((node) -> node.core().status().promise()).containsOnly(led);
		}
	}

	/** The other is content with it, and says so. */
	@Test
	void aLeaderThatOnlyOneOfItsFollowersLosesStaysWhereItIs() {
		for (int seed = 1; seed <= 20; seed++) {
			SimulatedCluster cluster = stable(seed);
			Ballot led = cluster.node(LEADER).core().status().promise();
			NodeId loser = followers(cluster).findFirst().orElseThrow();
			SplittableRandom random = new SplittableRandom(seed);
			for (int alarm = 0; alarm < 100; alarm++) {
				cluster.run(Timespan.units(1 + random.nextInt(2 * SimulatedCluster.TICK)));
				cluster.links().announceLoss(loser, LEADER);
			}
			cluster.run(electionRounds(3));
			assertThat(cluster.nodes()).extracting((node) -> node.core().status().promise()).containsOnly(led);
		}
	}

	private static SimulatedCluster stable(int seed) {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(3, seed).ledBy(LEADER);
		cluster.run(electionRounds(3));
		return cluster;
	}

	private static Stream<NodeId> followers(SimulatedCluster cluster) {
		return cluster.nodes().stream().map(SimulatedNode::pid).filter((pid) -> !pid.equals(LEADER));
	}

}
