package io.omnipaxos.sample.network;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Links between nodes that live in network namespaces of their own, each with an
 * interface, an address and a routing table, at a switch that leads nowhere else. A
 * direction is cut where it begins: what one node sends another gets the hardware address
 * of nobody, so it is lost on the way, and neither side is told.
 * <p>
 * Needs root and iproute2. Links are good or cut, and nothing between.
 */
public final class NamespaceLinks implements Links {

	private static final AtomicInteger NUMBERS = new AtomicInteger();

	private static final String NOBODY = "02:00:00:00:ff:ff";

	/** Of the addresses that are set apart for testing networks (RFC 2544). */
	private static final String NETWORK = "198.18.%d.";

	private final int number = NUMBERS.incrementAndGet();

	private final List<Integer> ports;

	private final String network;

	private final String hub = Namespaces.name(this.number, "hub");

	private final List<String> namespaces = new ArrayList<>();

	private final Thread reaper = new Thread(this::deleteAll);

	/**
	 * Makes the network.
	 * @param ports port of each node, the first one's pid being 1
	 */
	public NamespaceLinks(List<Integer> ports) {
		this.ports = List.copyOf(ports);
		Namespaces.deleteLeftovers();
		this.network = freeNetwork();
		Runtime.getRuntime().addShutdownHook(this.reaper);
		try {
			addHub();
			for (int node = 1; node <= size(); node++) {
				addNode(node);
			}
			heal();
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	/** Returns why there are no namespaces here, or nothing if there are. */
	public static String obstacle() {
		try {
			Command.run("ss", "-V");
			new NamespaceLinks(List.of(1)).close();
			return "";
		}
		catch (IllegalStateException | UncheckedIOException ex) {
			return "root and iproute2 are needed: " + ex.getMessage();
		}
	}

	private static String freeNetwork() {
		String taken = Command.run("ip", "-4", "-o", "address");
		for (int i = 0; i < 256; i++) {
			String network = NETWORK.formatted(i);
			if (!taken.contains(" " + network)) {
				return network;
			}
		}
		throw new IllegalStateException("All networks are taken: " + taken);
	}

	/** The switch is in a namespace too, as firewalls may filter bridges. */
	private void addHub() {
		String here = "opx%d.%d".formatted(ProcessHandle.current().pid(), this.number);
		add(this.hub);
		in(this.hub, "link add hub type bridge");
		in(this.hub, "link set hub up");
		ip("link add %s type veth peer name p0 netns %s".formatted(here, this.hub));
		in(this.hub, "link set p0 master hub up");
		ip("address add %s254/24 dev %s".formatted(this.network, here));
		ip("link set %s up".formatted(here));
	}

	private void addNode(int node) {
		String namespace = namespace(node);
		add(namespace);
		in(namespace, "link set lo up");
		in(this.hub, "link add p%d type veth peer name eth0 netns %s".formatted(node, namespace));
		in(this.hub, "link set p%d master hub up".formatted(node));
		in(namespace, "link set eth0 address %s up".formatted(hardwareAddress(node)));
		in(namespace, "address add %s/24 dev eth0".formatted(host(node)));
	}

	private void add(String namespace) {
		Namespaces.add(namespace);
		this.namespaces.add(namespace);
	}

	private String namespace(int node) {
		return Namespaces.name(this.number, "n" + node);
	}

	private static String hardwareAddress(int node) {
		return "02:00:00:00:00:%02x".formatted(node);
	}

	private static void in(String namespace, String arguments) {
		ip("-netns %s %s".formatted(namespace, arguments));
	}

	private static void ip(String arguments) {
		Command.run(("ip " + arguments).split(" "));
	}

	@Override
	public int size() {
		return this.ports.size();
	}

	@Override
	public String host(int node) {
		return this.network + node;
	}

	@Override
	public List<String> inside(int node) {
		return List.of("ip", "netns", "exec", namespace(node));
	}

	@Override
	public String address(int from, int to) {
		return "%s:%d".formatted(host(to), this.ports.get(to - 1));
	}

	@Override
	public void direct(int from, int to, LinkCondition condition) {
		if (condition.open() && !condition.equals(LinkCondition.GOOD)) {
			throw new IllegalArgumentException("Links between namespaces are good or cut, not " + condition);
		}
		in(namespace(from), "neighbour replace %s lladdr %s dev eth0 nud permanent".formatted(host(to),
				condition.open() ? hardwareAddress(to) : NOBODY));
	}

	@Override
	public void reset(int one, int other) {
		sockets(one, "-K", "dst", host(other));
		sockets(other, "-K", "dst", host(one));
	}

	@Override
	public Map<String, Integer> connections() {
		Map<String, Integer> counts = new LinkedHashMap<>();
		for (int from = 1; from <= size(); from++) {
			for (int to = 1; to <= size(); to++) {
				if (from != to) {
					counts.put(from + "->" + to,
							(int) sockets(from, "state", "established", "dst", address(from, to)).lines().count());
				}
			}
		}
		return counts;
	}

	private String sockets(int node, String... arguments) {
		List<String> command = new ArrayList<>(inside(node));
		command.addAll(List.of("ss", "-Htn"));
		command.addAll(List.of(arguments));
		return Command.run(command.toArray(String[]::new));
	}

	@Override
	public void close() {
		deleteAll();
		Runtime.getRuntime().removeShutdownHook(this.reaper);
	}

	private synchronized void deleteAll() {
		this.namespaces.forEach(Namespaces::delete);
		this.namespaces.clear();
	}

}
