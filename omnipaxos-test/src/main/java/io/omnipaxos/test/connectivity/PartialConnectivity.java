package io.omnipaxos.test.connectivity;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.SimulatedAppend;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulatedNode;
import io.omnipaxos.test.simulation.SimulationSettings;
import io.omnipaxos.test.simulation.Timespan;

import static io.omnipaxos.test.simulation.Timespan.electionRounds;

/**
 * Measures how many election timeouts pass from the moment at which only some links are
 * left until a new append is decided. An election timeout is ten ticks, a resend timeout
 * two election timeouts; a message takes a hundredth of an election timeout.
 */
public final class PartialConnectivity {

	private static final int NODES = 5;

	private static final int QUORUM = 3;

	/** Every graph of five nodes: each of ten links is there or not. */
	private static final int GRAPHS = 1 << 10;

	private static final int ELECTION_TICKS = 10;

	private static final int ELECTION_TIMEOUT = ELECTION_TICKS * SimulatedCluster.TICK;

	private static final Timespan AT_MOST = electionRounds(200);

	private static final Timespan A_WHILE = electionRounds(6);

	private static final List<NodeId> PIDS = LongStream.rangeClosed(1, NODES).mapToObj(NodeId::new).toList();

	private final int seeds;

	private PartialConnectivity(int seeds) {
		this.seeds = seeds;
	}

	/** Prints the table; the argument is how many seeds to take for each row. */
	public static void main(String[] args) {
		int seeds = (args.length > 0) ? Integer.parseInt(args[0]) : 1000;
		System.out.println("| from | runs | half | 99% | 99.9% | longest |");
		System.out.println("|---|---|---|---|---|---|");
		measure(seeds).forEach((measurement) -> System.out.println(measurement.row()));
	}

	/** Measures everything with so many seeds each. */
	public static List<Measurement> measure(int seeds) {
		PartialConnectivity all = new PartialConnectivity(seeds);
		return List.of(all.quorumLoss(), all.constrainedElection(), all.chained(), all.everyGraph(),
				all.randomHistories(), all.staleBallots());
	}

	/** The leader keeps only its link to the hub, which alone reaches a quorum. */
	private Measurement quorumLoss() {
		Measurement measurement = new Measurement("quorum loss");
		for (int seed = 1; seed <= this.seeds; seed++) {
			SimulatedCluster cluster = stable(seed, PIDS.get(1 + seed % 4));
			cluster.keepOnlyLinksOf(PIDS.get(0));
			measurement.add(untilDecided(cluster));
		}
		return measurement;
	}

	/** As before, but the hub lacks what was decided, and the old leader is gone. */
	private Measurement constrainedElection() {
		Measurement measurement = new Measurement("constrained election");
		for (int seed = 1; seed <= this.seeds; seed++) {
			NodeId hub = PIDS.get(0);
			NodeId leader = PIDS.get(1 + seed % 4);
			SimulatedCluster cluster = stable(seed, leader);
			cluster.links().cut(hub, leader);
			cluster.runUntil(Condition.decided(cluster.append(leader, "before")), AT_MOST);
			cluster.links()
				.keepOnly((from, to) -> (from.equals(hub) || to.equals(hub)) && !from.equals(leader)
						&& !to.equals(leader));
			measurement.add(untilDecided(cluster));
		}
		return measurement;
	}

	/** Each node hears only its neighbours in a row. */
	private Measurement chained() {
		Measurement measurement = new Measurement("chain");
		for (int seed = 1; seed <= this.seeds; seed++) {
			SimulatedCluster cluster = stable(seed, PIDS.get(seed % NODES));
			cluster.links().keepOnlyChain(PIDS.toArray(NodeId[]::new));
			measurement.add(untilDecided(cluster));
		}
		return measurement;
	}

	/** Every graph in which some node reaches a quorum, a stable leader before it. */
	private Measurement everyGraph() {
		Measurement measurement = new Measurement("every graph, stable start");
		for (int graph = 0; graph < GRAPHS; graph++) {
			if (hasHub(graph)) {
				SimulatedCluster cluster = stable(graph, PIDS.get(graph % NODES));
				keep(cluster, graph);
				measurement.add(untilDecided(cluster));
			}
		}
		return measurement;
	}

	/** Graphs that follow each other at random, the last one with a hub. */
	private Measurement randomHistories() {
		Measurement measurement = new Measurement("every graph, random history");
		SplittableRandom random = new SplittableRandom(1);
		for (int seed = 1; seed <= this.seeds; seed++) {
			SimulatedCluster cluster = cluster(seed);
			for (int change = random.nextInt(8); change >= 0; change--) {
				keep(cluster, random.nextInt(GRAPHS));
				cluster.run(Timespan.units(random.nextInt(10 * ELECTION_TIMEOUT)));
			}
			keep(cluster, graphWithHub(random));
			measurement.add(untilDecided(cluster));
		}
		return measurement;
	}

	/** D17: the hub missed up to a hundred ballots, and has only two links. */
	private Measurement staleBallots() {
		Measurement measurement = new Measurement("up to 100 missed ballots");
		for (int seed = 1; seed <= Math.max(1, this.seeds / 10); seed++) {
			SimulatedCluster cluster = stable(seed, PIDS.get(3));
			cluster.links().isolate(PIDS.get(0));
			for (int turn = 0; turn < seed % 100; turn++) {
				NodeId next = PIDS.get(3 + turn % 2);
				cluster.tell(next, "take over", OmniPaxos::tryBecomeLeader);
				cluster.run(electionRounds(1));
			}
			cluster.links().keepOnly((from, to) -> isHubAnd(from, to) || isHubAnd(to, from));
			measurement.add(untilDecided(cluster));
		}
		return measurement;
	}

	private static boolean isHubAnd(NodeId from, NodeId to) {
		return from.equals(PIDS.get(0)) && (to.equals(PIDS.get(1)) || to.equals(PIDS.get(2)));
	}

	private static SimulatedCluster stable(long seed, NodeId leader) {
		SimulatedCluster cluster = cluster(seed);
		cluster.run(A_WHILE);
		cluster.ledBy(leader).run(A_WHILE);
		cluster.run(Timespan.units(seed % ELECTION_TIMEOUT));
		return cluster;
	}

	private static SimulatedCluster cluster(long seed) {
		return SimulatedCluster.of(SimulationSettings.ofNodes(NODES, seed)
			.withServer((server) -> server.withElectionTickTimeout(ELECTION_TICKS)
				.withResendMessageTickTimeout(2 * ELECTION_TICKS)));
	}

	/** Not every node may reach the leader, so all append, and the first counts. */
	private static double untilDecided(SimulatedCluster cluster) {
		List<SimulatedAppend> appends = cluster.nodes()
			.stream()
			.map(SimulatedNode::pid)
			.map((pid) -> cluster.append(pid, "new at " + pid))
			.toList();
		long units = cluster.runUntil(new Condition("a new append is decided",
				(now) -> appends.stream().anyMatch((append) -> append.outcome() == SimulatedAppend.Outcome.DECIDED)),
				AT_MOST);
		return units / (double) ELECTION_TIMEOUT;
	}

	private static int graphWithHub(SplittableRandom random) {
		int graph = random.nextInt(GRAPHS);
		while (!hasHub(graph)) {
			graph = random.nextInt(GRAPHS);
		}
		return graph;
	}

	private static boolean hasHub(int graph) {
		return PIDS.stream()
			.anyMatch((hub) -> 1 + PIDS.stream().filter((other) -> links(graph, hub, other)).count() >= QUORUM);
	}

	private static void keep(SimulatedCluster cluster, int graph) {
		cluster.links().keepOnly((from, to) -> links(graph, from, to));
	}

	private static boolean links(int graph, NodeId a, NodeId b) {
		int bit = 0;
		for (int lower = 1; lower <= NODES; lower++) {
			for (int higher = lower + 1; higher <= NODES; higher++, bit++) {
				boolean meant = Math.min(a.value(), b.value()) == lower && Math.max(a.value(), b.value()) == higher;
				if (meant) {
					return (graph >> bit & 1) == 1;
				}
			}
		}
		return false;
	}

}
