package io.omnipaxos.test.simulation;

import java.util.Arrays;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

import io.omnipaxos.core.model.NodeId;

/**
 * The links of a simulated cluster, each direction on its own. A link that is cut loses
 * what is sent from then on; what was under way still arrives.
 */
public final class SimulatedLinks {

	private final SimulatedCluster cluster;

	private final Network network;

	SimulatedLinks(SimulatedCluster cluster, Network network) {
		this.cluster = cluster;
		this.network = network;
	}

	/** Cuts both directions between two nodes. */
	public void cut(NodeId a, NodeId b) {
		cutOneWay(a, b);
		cutOneWay(b, a);
	}

	/** Cuts one direction. */
	public void cutOneWay(NodeId from, NodeId to) {
		this.network.link(from, to).cut(true);
	}

	/** Restores both directions between two nodes. */
	public void heal(NodeId a, NodeId b) {
		healOneWay(a, b);
		healOneWay(b, a);
	}

	/** Restores one direction. */
	public void healOneWay(NodeId from, NodeId to) {
		this.network.link(from, to).cut(false);
	}

	/** Returns whether a direction is cut. */
	public boolean isCut(NodeId from, NodeId to) {
		return this.network.link(from, to).isCut();
	}

	/** Cuts a node off from everybody. */
	public void isolate(NodeId node) {
		this.network.eachWay((from, to) -> {
			if (from.equals(node) || to.equals(node)) {
				cutOneWay(from, to);
			}
		});
	}

	/** Leaves the links of one node and cuts all others. */
	public void keepOnlyThoseOf(NodeId hub) {
		keepOnly((from, to) -> from.equals(hub) || to.equals(hub));
	}

	/** Leaves the links among these nodes, in a row, and cuts all others. */
	public void keepOnlyChain(NodeId... row) {
		keepOnly((from, to) -> Math.abs(Arrays.asList(row).indexOf(from) - Arrays.asList(row).indexOf(to)) == 1);
	}

	/**
	 * Leaves the links among these nodes, and among all others, and cuts those between.
	 */
	public void partition(NodeId... oneSide) {
		Set<NodeId> side = Arrays.stream(oneSide).collect(Collectors.toSet());
		keepOnly((from, to) -> side.contains(from) == side.contains(to));
	}

	/** Leaves the directions that are wanted and cuts all others. */
	public void keepOnly(BiPredicate<NodeId, NodeId> wanted) {
		this.network.eachWay((from, to) -> this.network.link(from, to).cut(!wanted.test(from, to)));
	}

	/** Restores every link and makes it faultless. */
	public void healAll() {
		this.network.eachWay((from, to) -> {
			healOneWay(from, to);
			faults(from, to, LinkFaults.NONE);
		});
	}

	/** Makes one direction worse, or better. */
	public void faults(NodeId from, NodeId to, LinkFaults faults) {
		this.network.link(from, to).faults(faults);
	}

	/** Makes every direction worse, or better. */
	public void faults(LinkFaults faults) {
		this.network.eachWay((from, to) -> faults(from, to, faults));
	}

	/**
	 * Tells every node which others it cannot reach, or not be reached by: because a link
	 * is cut, or the other is down.
	 */
	public void announceLosses() {
		this.network.eachWay((from, to) -> {
			if (isCut(from, to) || isCut(to, from) || !this.cluster.node(to).isUp()) {
				announceLoss(from, to);
			}
		});
	}

	/**
	 * Tells a node that its connection to a peer is lost, whether that is true or not.
	 */
	public void announceLoss(NodeId node, NodeId peer) {
		this.cluster.tell(node, "disconnected " + peer, (replica) -> replica.disconnected(peer));
	}

	/** Tells both ends of every link that is not cut that it is there again. */
	public void announce() {
		this.network.eachWay((from, to) -> {
			if (!isCut(from, to) && !isCut(to, from)) {
				this.cluster.tell(from, "reconnected " + to, (replica) -> replica.reconnected(to));
			}
		});
	}

}
