package io.omnipaxos.sample.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Proxies between nodes that live on the same address. A direction between two nodes
 * takes in what one sends on the connections that it opened, and what it answers on those
 * of the other. Thread-safe.
 */
public final class ProxyLinks implements Links {

	private final ExecutorService executor = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "link");
		thread.setDaemon(true);
		return thread;
	});

	private final Map<Way, Link> links = new LinkedHashMap<>();

	private final int size;

	/**
	 * Opens a link from each node to each other.
	 * @param ports port of each node, the first one's pid being 1
	 */
	public ProxyLinks(List<Integer> ports) {
		this.size = ports.size();
		for (int from = 1; from <= ports.size(); from++) {
			for (int to = 1; to <= ports.size(); to++) {
				if (from != to) {
					this.links.put(new Way(from, to), new Link(ports.get(to - 1), this.executor));
				}
			}
		}
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public String host(int node) {
		return "127.0.0.1";
	}

	@Override
	public List<String> inside(int node) {
		return List.of();
	}

	@Override
	public String address(int from, int to) {
		return "127.0.0.1:" + link(from, to).port();
	}

	private Link link(int from, int to) {
		Link link = this.links.get(new Way(from, to));
		if (link == null) {
			throw new IllegalArgumentException("There is no link from %d to %d".formatted(from, to));
		}
		return link;
	}

	@Override
	public void direct(int from, int to, LinkCondition condition) {
		link(from, to).forth(condition);
		link(to, from).back(condition);
	}

	@Override
	public void reset(int one, int other) {
		link(one, other).reset();
		link(other, one).reset();
	}

	@Override
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
