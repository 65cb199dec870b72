package io.omnipaxos.test.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

import io.omnipaxos.core.model.NodeId;

/**
 * Which nodes can talk to which.
 *
 * @param edges pairs that can talk, in both directions
 */
public record Graph(Set<Edge> edges) {

	public Graph {
		edges = Set.copyOf(edges);
	}

	/**
	 * One pair.
	 *
	 * @param lower node with the lower pid
	 * @param higher node with the higher pid
	 */
	public record Edge(NodeId lower, NodeId higher) {

		/** Returns the pair of two nodes. */
		public static Edge of(NodeId a, NodeId b) {
			return (a.compareTo(b) < 0) ? new Edge(a, b) : new Edge(b, a);
		}

	}

	/** Returns whether two nodes can talk. */
	public boolean links(NodeId a, NodeId b) {
		return this.edges.contains(Edge.of(a, b));
	}

	/** Returns how many nodes a node reaches, itself included. */
	public long reach(NodeId node, List<NodeId> nodes) {
		return 1 + nodes.stream().filter((other) -> !other.equals(node) && links(node, other)).count();
	}

	/** Returns whom a node reaches by way of others too, itself included. */
	List<NodeId> reachableFrom(NodeId node, List<NodeId> nodes) {
		List<NodeId> reached = new ArrayList<>(List.of(node));
		for (int i = 0; i < reached.size(); i++) {
			NodeId via = reached.get(i);
			nodes.stream().filter((next) -> links(via, next) && !reached.contains(next)).forEach(reached::add);
		}
		return reached;
	}

	/** Draws one of the shapes that partitions take. */
	static Graph draw(List<NodeId> members, SplittableRandom random) {
		List<NodeId> nodes = new ArrayList<>(members);
		Collections.shuffle(nodes, new Random(random.nextLong()));
		int shape = random.nextInt(5);
		NodeId hub = nodes.get(random.nextInt(nodes.size()));
		NodeId other = nodes.get(random.nextInt(nodes.size()));
		double density = random.nextDouble();
		int side = random.nextInt(1 << nodes.size());
		Set<Edge> edges = new HashSet<>();
		for (int i = 0; i < nodes.size(); i++) {
			for (int j = i + 1; j < nodes.size(); j++) {
				NodeId a = nodes.get(i);
				NodeId b = nodes.get(j);
				boolean kept = switch (shape) {
					case 0 -> a.equals(hub) || b.equals(hub);
					case 1 -> j == i + 1;
					case 2 -> (side >> i & 1) == (side >> j & 1);
					case 3 -> !a.equals(hub) && !b.equals(hub) || a.equals(other) || b.equals(other);
					default -> random.nextDouble() < density;
				};
				if (kept) {
					edges.add(Edge.of(a, b));
				}
			}
		}
		return new Graph(edges);
	}

	/** Draws a graph in which {@code hub} reaches at least {@code quorum} nodes. */
	static Graph drawAround(NodeId hub, int quorum, List<NodeId> nodes, SplittableRandom random) {
		Set<Edge> edges = new HashSet<>(draw(nodes, random).edges());
		while (new Graph(edges).reach(hub, nodes) < quorum) {
			NodeId next = nodes.get(random.nextInt(nodes.size()));
			if (!next.equals(hub)) {
				edges.add(Edge.of(hub, next));
			}
		}
		return new Graph(edges);
	}

}
