package io.omnipaxos.sample.network;

import java.io.Closeable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiPredicate;

/**
 * The links between the nodes of a cluster, which know each other by their pids. A
 * direction between two nodes takes in what one sends on the connections that it opened,
 * and what it answers on those of the other. Thread-safe.
 */
public final class Links implements Closeable {

	private final ExecutorService executor = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "link");
		thread.setDaemon(true);
		return thread;
	});

	private final Map<Way, Link> links = new LinkedHashMap<>();

	/**
	 * Opens a link from each node to each other.
	 * @param ports port of each node, the first one's pid being 1
	 */
	public Links(List<Integer> ports) {
		for (int from = 1; from <= ports.size(); from++) {
			for (int to = 1; to <= ports.size(); to++) {
				if (from != to) {
					this.links.put(new Way(from, to), new Link(ports.get(to - 1), this.executor));
				}
			}
		}
	}

	/** Returns the port at which one node finds another. */
	public int port(int from, int to) {
		return link(from, to).port();
	}

	private Link link(int from, int to) {
		Link link = this.links.get(new Way(from, to));
		if (link == null) {
			throw new IllegalArgumentException("There is no link from %d to %d".formatted(from, to));
		}
		return link;
	}

	/** Says how well everything passes that one node sends another. */
	public void direct(int from, int to, LinkCondition condition) {
		link(from, to).forth(condition);
		link(to, from).back(condition);
	}

	/** Says how well everything passes between a node and all others. */
	public void around(int node, LinkCondition condition) {
		for (Way way : this.links.keySet()) {
			if (way.from() == node || way.to() == node) {
				direct(way.from(), way.to(), condition);
			}
		}
	}

	/** Says how well everything passes, everywhere. */
	public void everywhere(LinkCondition condition) {
		this.links.keySet().forEach((way) -> direct(way.from(), way.to(), condition));
	}

	/** Cuts every direction but some; these are good. */
	public void keepOnly(BiPredicate<Integer, Integer> kept) {
		this.links.keySet()
			.forEach((way) -> direct(way.from(), way.to(),
					kept.test(way.from(), way.to()) ? LinkCondition.GOOD : LinkCondition.CUT));
	}

	/** Lets everything pass. */
	public void heal() {
		everywhere(LinkCondition.GOOD);
	}

	/** Breaks every connection between two nodes. */
	public void reset(int one, int other) {
		link(one, other).reset();
		link(other, one).reset();
	}

	/** Returns how many connections are open from each node to each other. */
	public Map<String, Integer> connections() {
		Map<String, Integer> counts = new LinkedHashMap<>();
		this.links.forEach((way, link) -> counts.put(way.from() + "->" + way.to(), link.connections()));
		return counts;
	}

	@Override
	public void close() {
		this.links.values().forEach(Link::close);
		this.executor.shutdownNow();
	}

	private record Way(int from, int to) {
	}

}
