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

	private static final int ELECTION_TICKS = 10;

	private static final int ELECTION_TIMEOUT = ELECTION_TICKS * SimulatedCluster.TICK;

	private static final Timespan AT_MOST = electionRounds(200);

	private static final Timespan A_WHILE = electionRounds(6);

	private final int nodes;

	private final List<NodeId> pids;

	/** How many graphs there are: each link is there or not. */
	private final int graphs;

	private final int seeds;

	private PartialConnectivity(int nodes, int seeds) {
		this.nodes = nodes;
		this.pids = LongStream.rangeClosed(1, nodes).mapToObj(NodeId::new).toList();
		this.graphs = 1 << (nodes * (nodes - 1) / 2);
		this.seeds = seeds;
	}

	/**
	 * Prints the table; the arguments are how many seeds to take for each row, and of how
	 * many nodes: five or seven.
	 */
	public static void main(String[] args) {
		int seeds = (args.length > 0) ? Integer.parseInt(args[0]) : 1000;
		boolean seven = args.length > 1 && args[1].equals("7");
		System.out.println("| from | runs | half | 99% | 99.9% | longest |");
		System.out.println("|---|---|---|---|---|---|");
		(seven ? measureSeven(seeds) : measure(seeds)).forEach((measurement) -> System.out.println(measurement.row()));
	}

	/** Measures everything of five nodes with so many seeds each. */
	public static List<Measurement> measure(int seeds) {
		PartialConnectivity five = new PartialConnectivity(5, seeds);
		return List.of(five.quorumLoss(), five.constrainedElection(), five.chained(), five.everyGraph(),
				five.randomHistories(), five.staleBallots());
	}

	/**
	 * Measures seven nodes with so many seeds each. In a chain of seven nobody reaches a
	 * quorum, and of two million graphs some have to do.
	 */
	public static List<Measurement> measureSeven(int seeds) {
		PartialConnectivity seven = new PartialConnectivity(7, seeds);
		return List.of(seven.quorumLoss(), seven.constrainedElection(), seven.someGraphs(), seven.randomHistories(),
				seven.staleBallots());
	}

	/** The leader keeps only its link to the hub, which alone reaches a quorum. */
	private Measurement quorumLoss() {
		Measurement measurement = new Measurement("quorum loss");
		for (int seed = 1; seed <= this.seeds; seed++) {
			SimulatedCluster cluster = stable(seed, this.pids.get(1 + seed % (this.nodes - 1)));
			cluster.keepOnlyLinksOf(this.pids.get(0));
			measurement.add(untilDecided(cluster));
		}
		return measurement;
	}

	/** As before, but the hub lacks what was decided, and the old leader is gone. */
	private Measurement constrainedElection() {
		Measurement measurement = new Measurement("constrained election");
		for (int seed = 1; seed <= this.seeds; seed++) {
			NodeId hub = this.pids.get(0);
			NodeId leader = this.pids.get(1 + seed % (this.nodes - 1));
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
			SimulatedCluster cluster = stable(seed, this.pids.get(seed % this.nodes));
			cluster.links().keepOnlyChain(this.pids.toArray(NodeId[]::new));
			measurement.add(untilDecided(cluster));
		}
		return measurement;
	}

	/** Every graph in which some node reaches a quorum, a stable leader before it. */
	private Measurement everyGraph() {
		Measurement measurement = new Measurement("every graph, stable start");
		for (int graph = 0; graph < this.graphs; graph++) {
			if (hasHub(graph)) {
				measurement.add(fromStable(graph, graph));
			}
		}
		return measurement;
	}

	/** As many of those as there are seeds. */
	private Measurement someGraphs() {
		Measurement measurement = new Measurement("some graphs, stable start");
		SplittableRandom random = new SplittableRandom(1);
		for (int seed = 1; seed <= this.seeds; seed++) {
			measurement.add(fromStable(seed, graphWithHub(random)));
		}
		return measurement;
	}

	private double fromStable(int seed, int graph) {
		SimulatedCluster cluster = stable(seed, this.pids.get(seed % this.nodes));
		keep(cluster, graph);
		return untilDecided(cluster);
	}

	/** Graphs that follow each other at random, the last one with a hub. */
	private Measurement randomHistories() {
		Measurement measurement = new Measurement("random graphs, one after the other");
		SplittableRandom random = new SplittableRandom(1);
		for (int seed = 1; seed <= this.seeds; seed++) {
			SimulatedCluster cluster = cluster(seed);
			for (int change = random.nextInt(8); change >= 0; change--) {
				keep(cluster, random.nextInt(this.graphs));
				cluster.run(Timespan.units(random.nextInt(10 * ELECTION_TIMEOUT)));
			}
			keep(cluster, graphWithHub(random));
			measurement.add(untilDecided(cluster));
		}
		return measurement;
	}

	/** D17: the hub missed up to a hundred ballots, and has just enough links. */
	private Measurement staleBallots() {
		Measurement measurement = new Measurement("up to 100 missed ballots");
		for (int seed = 1; seed <= Math.max(1, this.seeds / 10); seed++) {
			SimulatedCluster cluster = stable(seed, this.pids.get(this.nodes - 2));
			cluster.links().isolate(this.pids.get(0));
			for (int turn = 0; turn < seed % 100; turn++) {
				NodeId next = this.pids.get(this.nodes - 2 + turn % 2);
				cluster.tell(next, "take over", OmniPaxos::tryBecomeLeader);
				cluster.run(electionRounds(1));
			}
			cluster.links().keepOnly((from, to) -> isHubAnd(from, to) || isHubAnd(to, from));
			measurement.add(untilDecided(cluster));
		}
		return measurement;
	}

	private boolean isHubAnd(NodeId from, NodeId to) {
		return from.equals(this.pids.get(0)) && this.pids.subList(1, this.nodes / 2 + 1).contains(to);
	}

	private SimulatedCluster stable(long seed, NodeId leader) {
		SimulatedCluster cluster = cluster(seed);
		cluster.run(A_WHILE);
		cluster.ledBy(leader).run(A_WHILE);
		cluster.run(Timespan.units(seed % ELECTION_TIMEOUT));
		return cluster;
	}

	private SimulatedCluster cluster(long seed) {
		return SimulatedCluster.of(SimulationSettings.ofNodes(this.nodes, seed)
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

	private int graphWithHub(SplittableRandom random) {
		int graph = random.nextInt(this.graphs);
		while (!hasHub(graph)) {
			graph = random.nextInt(this.graphs);
		}
		return graph;
	}

	private boolean hasHub(int graph) {
		return this.pids.stream().anyMatch((pid) -> isHub(graph, pid));
	}

	private boolean isHub(int graph, NodeId pid) {
		return this.pids.stream().filter((other) -> links(graph, pid, other)).count() >= this.nodes / 2;
	}

	private void keep(SimulatedCluster cluster, int graph) {
		cluster.links().keepOnly((from, to) -> links(graph, from, to));
	}

	private boolean links(int graph, NodeId a, NodeId b) {
		int bit = 0;
		for (int lower = 1; lower <= this.nodes; lower++) {
			for (int higher = lower + 1; higher <= this.nodes; higher++, bit++) {
				boolean meant = Math.min(a.value(), b.value()) == lower && Math.max(a.value(), b.value()) == higher;
				if (meant) {
					return (graph >> bit & 1) == 1;
				}
			}
		}
		return false;
	}

}
