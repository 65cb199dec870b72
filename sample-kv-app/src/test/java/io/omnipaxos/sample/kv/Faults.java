package io.omnipaxos.sample.kv;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.omnipaxos.sample.kv.Fault.Relief;
import io.omnipaxos.sample.kv.Fault.Strike;
import io.omnipaxos.sample.network.LinkCondition;

/** Everything bad that is done to clusters. */
final class Faults {

	/** Longer than every timeout of nodes, of their streams, and of their clients. */
	private static final Duration LONG = Duration.ofSeconds(12);

	/** Long enough for several elections. */
	private static final Duration SHORT = Duration.ofSeconds(8);

	/** What is done is over when it has been done. */
	private static final Duration AT_ONCE = Duration.ZERO;

	private static final LinkCondition SLOW = LinkCondition.slow(Duration.ofMillis(200), 0.01);

	private Faults() {
	}

	static List<Fault> all() {
		return Stream.of(processes(), cuts(), badLinks(), partialPartitions(), disks()).flatMap(List::stream).toList();
	}

	/** What can be done where links are good or cut, and nothing in between. */
	static List<Fault> ofProcessesAndCuts() {
		return Stream.of(processes(), cuts(), partialPartitions()).flatMap(List::stream).toList();
	}

	/** Nothing bad, to compare with. */
	static Fault none() {
		return new Fault("none", 1, SHORT, (cluster, random) -> () -> {
		});
	}

	private static List<Fault> processes() {
		return List.of(new Fault("leader killed", 3, SHORT, (cluster, random) -> kill(List.of(cluster.leader()))),
				new Fault("follower killed", 3, SHORT, (cluster, random) -> kill(List.of(follower(cluster, random)))),
				new Fault("all nodes killed at once", 3, Duration.ofSeconds(1),
						(cluster, random) -> kill(cluster.nodes())),
				new Fault("leader paused", 3, LONG, (cluster, random) -> pause(cluster.leader())),
				new Fault("follower paused", 3, LONG, (cluster, random) -> pause(follower(cluster, random))),
				new Fault("rolling restart", 3, AT_ONCE, (cluster, random) -> restartOneByOne(cluster)));
	}

	private static Relief kill(List<SampleNode> nodes) {
		nodes.parallelStream().forEach(SampleNode::kill);
		return () -> nodes.forEach(SampleNode::start);
	}

	private static Relief pause(SampleNode node) {
		node.pause();
		return node::resume;
	}

	private static Relief restartOneByOne(SampleCluster cluster) {
		for (SampleNode node : cluster.nodes()) {
			node.stop();
			node.start();
			node.awaitHealthy();
		}
		return () -> {
		};
	}

	private static List<Fault> cuts() {
		return List.of(around("leader cut off", LinkCondition.CUT, true),
				around("follower cut off", LinkCondition.CUT, false), //
				linked("leader not heard", (cluster, random) -> direct(cluster, cluster.leader(), true)),
				linked("leader hears nobody", (cluster, random) -> direct(cluster, cluster.leader(), false)),
				linked("link cut both ways", (cluster, random) -> link(cluster, random, LinkCondition.CUT)),
				linked("connections broken, again and again", Faults::breakConnections));
	}

	private static List<Fault> badLinks() {
		return List.of(around("slow links of the leader (200 ms, 1% lost)", SLOW, true),
				around("slow links of a follower (200 ms, 1% lost)", SLOW, false),
				linked("all links slow (200 ms, 1% lost)",
						(cluster, random) -> condition(cluster, () -> cluster.links().everywhere(SLOW))),
				around("trickling links of a follower (200 bytes a second)", LinkCondition.trickling(200), false));
	}

	private static Fault linked(String name, Strike strike) {
		return new Fault(name, 3, SHORT, strike);
	}

	private static Relief condition(SampleCluster cluster, Runnable change) {
		change.run();
		return () -> cluster.links().heal();
	}

	private static Fault around(String name, LinkCondition condition, boolean leader) {
		return linked(name, (cluster, random) -> {
			int node = cluster.pidOf(leader ? cluster.leader() : follower(cluster, random));
			return condition(cluster, () -> cluster.links().around(node, condition));
		});
	}

	/** Cuts what a node says, or what it hears. */
	private static Relief direct(SampleCluster cluster, SampleNode node, boolean says) {
		int one = cluster.pidOf(node);
		return condition(cluster, () -> cluster.others(node).forEach((peer) -> {
			int other = cluster.pidOf(peer);
			cluster.links().direct(says ? one : other, says ? other : one, LinkCondition.CUT);
		}));
	}

	private static Relief link(SampleCluster cluster, Random random, LinkCondition worse) {
		int one = cluster.pidOf(cluster.leader());
		int other = cluster.pidOf(follower(cluster, random));
		return condition(cluster, () -> {
			cluster.links().direct(one, other, worse);
			cluster.links().direct(other, one, worse);
		});
	}

	private static Relief breakConnections(SampleCluster cluster, Random random) {
		for (int round = 0; round < 40; round++) {
			int one = 1 + random.nextInt(cluster.nodes().size());
			int other = 1 + (one + random.nextInt(cluster.nodes().size() - 1)) % cluster.nodes().size();
			cluster.links().reset(one, other);
			Pause.of(Duration.ofMillis(random.nextInt(200)));
		}
		return () -> {
		};
	}

	/** The three of the paper: "Omni-Paxos", section 2. */
	private static List<Fault> partialPartitions() {
		return List.of(new Fault("quorum loss: only one node reaches a majority", 5, SHORT, Faults::loseQuorum),
				new Fault("constrained election: and lacks entries, and the leader is gone", 5, SHORT,
						Faults::constrainElection),
				new Fault("chain: each node reaches its neighbours only", 3, SHORT, Faults::chain));
	}

	private static Relief loseQuorum(SampleCluster cluster, Random random) {
		int hub = cluster.pidOf(follower(cluster, random));
		return condition(cluster, () -> cluster.links().keepOnly((from, to) -> from == hub || to == hub));
	}

	private static Relief constrainElection(SampleCluster cluster, Random random) {
		int leader = cluster.pidOf(cluster.leader());
		int hub = cluster.pidOf(follower(cluster, random));
		cluster.links().direct(leader, hub, LinkCondition.CUT);
		cluster.links().direct(hub, leader, LinkCondition.CUT);
		Pause.of(Duration.ofMillis(300));
		return condition(cluster, () -> cluster.links()
			.keepOnly((from, to) -> (from == hub || to == hub) && from != leader && to != leader));
	}

	private static Relief chain(SampleCluster cluster, Random random) {
		int leader = cluster.pidOf(cluster.leader());
		int size = cluster.nodes().size();
		return condition(cluster, () -> cluster.links()
			.keepOnly((from, to) -> Math.abs((from - leader + size) % size - (to - leader + size) % size) == 1));
	}

	private static List<Fault> disks() {
		return List.of(
				new Fault("slow disk of the leader (100 ms a write)", 3, SHORT,
						(cluster, random) -> slowDisks(cluster, List.of(cluster.leader()))),
				new Fault("slow disk of a follower (100 ms a write)", 3, SHORT,
						(cluster, random) -> slowDisks(cluster, List.of(follower(cluster, random)))),
				new Fault("all disks slow (100 ms a write)", 3, SHORT,
						(cluster, random) -> slowDisks(cluster, cluster.nodes())));
	}

	private static Relief slowDisks(SampleCluster cluster, List<SampleNode> nodes) {
		nodes.forEach((node) -> cluster.slowDisk(node, Duration.ofMillis(100)));
		return () -> nodes.forEach((node) -> cluster.slowDisk(node, Duration.ZERO));
	}

	private static SampleNode follower(SampleCluster cluster, Random random) {
		List<SampleNode> followers = cluster.others(cluster.leader());
		return followers.get(random.nextInt(followers.size()));
	}

}
