package io.omnipaxos.test.simulation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.Role;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.storage.MemoryStorage;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of replicas in one thread, on simulated time, links and disks. The same
 * settings and the same calls always give the same run, and the {@link Invariants} of the
 * protocol are checked all along: what breaks one ends the run with an
 * {@link InvariantViolation}.
 * <p>
 * Time passes only in {@link #run} and {@link #runUntil}. A message takes one unit of
 * time, unless its link is told otherwise, and {@link #TICK} units are a tick. Not
 * thread-safe.
 */
public final class SimulatedCluster {

	/** Units of time to a tick. */
	public static final int TICK = 10;

	private static final Timespan LONG_ENOUGH_TO_ELECT = Timespan.electionRounds(20);

	private final Agenda agenda = new Agenda();

	private final Map<NodeId, SimulatedNode> nodes = new TreeMap<>();

	private final Observers observers = new Observers();

	private final Invariants invariants;

	private final Network network;

	private final SimulationSettings settings;

	private SimulatedCluster(SimulationSettings settings, Chance chance) {
		this.settings = settings;
		ClusterConfig cluster = settings.cluster();
		this.invariants = new Invariants(cluster, settings.server());
		this.observers.add(this.invariants);
		this.network = new Network(cluster.nodes(), this.agenda, chance, this::receive);
		NodeSurroundings surroundings = new NodeSurroundings(cluster, settings.snapshots(), this.agenda, chance,
				this.network, this.observers);
		SplittableRandom random = new SplittableRandom(settings.seed());
		for (NodeId pid : cluster.nodes()) {
			SimulatedNode node = new SimulatedNode(settings.server(pid),
					new SimulatedStorage(new MemoryStorage(), settings.readsAtOnce()), surroundings);
			this.nodes.put(pid, node);
			this.agenda.in(1 + random.nextInt(TICK), () -> tick(node));
		}
	}

	/** Returns a running cluster of the nodes 1 to {@code nodes}. */
	public static SimulatedCluster ofNodes(int nodes, long seed) {
		return of(SimulationSettings.ofNodes(nodes, seed));
	}

	/** Returns a running cluster. What is left to chance comes from its seed. */
	public static SimulatedCluster of(SimulationSettings settings, Observer... watchers) {
		return of(settings, new RandomChance(settings.seed()), watchers);
	}

	/**
	 * Returns a running cluster.
	 * @param settings what it is made of
	 * @param chance decides what becomes of messages and how long writes take; for this
	 * cluster alone if it remembers what it has decided
	 * @param watchers who sees what happens
	 */
	public static SimulatedCluster of(SimulationSettings settings, Chance chance, Observer... watchers) {
		SimulatedCluster cluster = new SimulatedCluster(settings, chance);
		for (Observer watcher : watchers) {
			cluster.observers.add(watcher);
			watcher.begins(cluster);
		}
		cluster.nodes().forEach(SimulatedNode::start);
		return cluster;
	}

	private void tick(SimulatedNode node) {
		this.agenda.in(TICK, () -> tick(node));
		node.tick();
	}

	private void receive(Envelope envelope) {
		node(envelope.to()).receive(envelope);
	}

	/** Runs until {@code leader} leads, and has it take over if it does not by itself. */
	public SimulatedCluster ledBy(NodeId leader) {
		runUntil(Condition.oneLeader(), LONG_ENOUGH_TO_ELECT);
		if (node(leader).core().status().role() != Role.LEADING) {
			tell(leader, "take over", OmniPaxos::tryBecomeLeader);
			runUntil(Condition.leaderIs(leader), LONG_ENOUGH_TO_ELECT);
			runUntil(Condition.oneLeader(), LONG_ENOUGH_TO_ELECT);
		}
		return this;
	}

	/** Returns what the cluster is made of. */
	public SimulationSettings settings() {
		return this.settings;
	}

	/** Returns all nodes, in the order of their pids. */
	public Collection<SimulatedNode> nodes() {
		return this.nodes.values();
	}

	/** Returns the nodes that are up and not paused. */
	public List<SimulatedNode> runningNodes() {
		return this.nodes.values().stream().filter(SimulatedNode::isRunning).toList();
	}

	/** Returns a node. */
	public SimulatedNode node(NodeId pid) {
		SimulatedNode node = this.nodes.get(pid);
		if (node == null) {
			throw new IllegalArgumentException(pid + " is not one of " + this.nodes.keySet());
		}
		return node;
	}

	/** Returns the running node that leads in the highest ballot, or {@code null}. */
	public @Nullable SimulatedNode leader() {
		SimulatedNode leader = null;
		for (SimulatedNode node : runningNodes()) {
			if (node.core().status().role() == Role.LEADING && (leader == null
					|| node.core().status().promise().isHigherThan(leader.core().status().promise()))) {
				leader = node;
			}
		}
		return leader;
	}

	/** Returns what is checked, to ask it what it has seen. */
	public Invariants invariants() {
		return this.invariants;
	}

	/** Returns the time, in units. */
	public long now() {
		return this.agenda.now();
	}

	/** Returns how many events have happened. */
	public long steps() {
		return this.agenda.done();
	}

	/** Appends an entry, a single line, at a node. */
	public SimulatedAppend append(NodeId at, String text) {
		SimulatedAppend append = new SimulatedAppend(at, text);
		this.observers.asked(node(at), "append [" + text + "]");
		node(at).propose(append, (replica) -> replica.append(Payload.ofText(text)));
		return append;
	}

	/** Proposes a stop-sign at a node. */
	public SimulatedAppend reconfigure(NodeId at, ClusterConfig next, String metadata) {
		SimulatedAppend append = new SimulatedAppend(at, AppliedLog.STOP_SIGN);
		this.observers.asked(node(at), "reconfigure to " + next);
		node(at).propose(append, (replica) -> replica.reconfigure(next, Payload.ofText(metadata)));
		return append;
	}

	/** Asks a node for a read barrier. */
	public SimulatedBarrier readBarrier(NodeId at) {
		SimulatedBarrier barrier = new SimulatedBarrier(at);
		this.observers.asked(node(at), "read barrier");
		node(at).askBarrier(barrier);
		return barrier;
	}

	/** Gives a node any other input, as soon as its disk lets it take one. */
	public void tell(NodeId node, String what, Consumer<OmniPaxos> input) {
		this.observers.asked(node(node), what);
		node(node).give(input);
	}

	/** Does something at a later time. */
	public void after(long units, Runnable what) {
		this.agenda.in(units, what);
	}

	/** Lets time pass. */
	public void run(Timespan time) {
		long end = now() + time.in(this.settings.server());
		boolean more = true;
		while (more) {
			more = this.agenda.runNext(end);
		}
	}

	/**
	 * Lets time pass until something is true, and not a moment longer.
	 * @return how long that took, in units of time
	 * @throws AssertionError if it is not true when the time is over
	 */
	public long runUntil(Condition condition, Timespan atMost) {
		long start = now();
		long end = start + atMost.in(this.settings.server());
		while (!condition.test().test(this)) {
			if (!this.agenda.runNext(end)) {
				throw new AssertionError("Not within %d units of time: %s%n%s".formatted(end - start,
						condition.description(), picture()));
			}
		}
		return now() - start;
	}

	/** Returns where every node stands, for a message. */
	public String picture() {
		return new ClusterPicture(this).toString();
	}

	/** Returns the links, to cut them and to make them worse. */
	public SimulatedLinks links() {
		return new SimulatedLinks(this, this.network);
	}

	/** Cuts every link but those of {@code hub}. */
	public void keepOnlyLinksOf(NodeId hub) {
		links().keepOnlyThoseOf(hub);
	}

	/** Restores every link, faults included; the nodes are not told. */
	public void healAllLinks() {
		links().healAll();
	}

	/** Loses the next message of a kind on one way. */
	public void loseNext(NodeId from, NodeId to, Class<? extends Message> kind) {
		this.network.link(from, to).loseNext(kind);
	}

	/** Stops a node as a power cut would; a write under way is lost. */
	public void crash(NodeId node) {
		node(node).crash(false);
	}

	/** Stops a node as a power cut would; a write under way is found done. */
	public void crashAfterWriting(NodeId node) {
		node(node).crash(true);
	}

	/** Starts a node that is down, from what its disk holds. */
	public void restart(NodeId node) {
		node(node).start();
	}

	/** Stops a node's clock and hands; what arrives waits. */
	public void pause(NodeId node) {
		node(node).pause();
	}

	/** Lets a paused node go on. */
	public void resume(NodeId node) {
		node(node).resume();
	}

	/** Makes a node's disk slow, or fast again. */
	public void disk(NodeId node, DiskFaults faults) {
		node(node).diskFaults(faults);
	}

}
