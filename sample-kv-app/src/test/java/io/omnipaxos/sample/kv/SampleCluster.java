package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.omnipaxos.sample.network.Links;
import io.omnipaxos.sample.network.NamespaceLinks;
import io.omnipaxos.sample.network.ProxyLinks;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/** Nodes of the sample, each a process with database files of its own. */
class SampleCluster implements AutoCloseable {

	private final Path directory;

	private final List<Integer> ports;

	private final List<String> settings;

	/** What the nodes reach each other through, or {@code null} if they do directly. */
	private final @Nullable Links links;

	private final List<SampleNode> nodes;

	/**
	 * Makes a cluster of three with nothing stored; starts nothing.
	 * @param name name of the directory of its files
	 */
	SampleCluster(String name) {
		this(name, freePorts(3), null, List.of());
	}

	private SampleCluster(String name, List<Integer> ports, @Nullable Links links, List<String> settings) {
		this.directory = emptyDirectory(Path.of(System.getProperty("sample.work"), name));
		this.ports = ports;
		this.settings = settings;
		this.links = links;
		int size = ports.size();
		this.nodes = IntStream.rangeClosed(1, size).mapToObj(this::node).toList();
	}

	/** Makes a cluster and waits until every node is healthy. */
	static SampleCluster started(String name) {
		SampleCluster cluster = new SampleCluster(name);
		cluster.start();
		return cluster;
	}

	/**
	 * Makes a cluster whose links and disks can be made worse, and waits until every node
	 * is healthy.
	 * @param settings further arguments of every node
	 */
	static SampleCluster fragile(String name, int size, String... settings) {
		List<Integer> ports = freePorts(size);
		return linked(name, ports, new ProxyLinks(ports), settings);
	}

	/**
	 * Makes a cluster whose nodes have a network namespace each, and whose links and
	 * disks can be made worse, and waits until every node is healthy.
	 * @param settings further arguments of every node
	 */
	static SampleCluster separate(String name, int size, String... settings) {
		List<Integer> ports = freePorts(size);
		return linked(name, ports, new NamespaceLinks(ports), settings);
	}

	private static SampleCluster linked(String name, List<Integer> ports, Links links, String... settings) {
		SampleCluster cluster = new SampleCluster(name, ports, links, List.of(settings));
		try {
			cluster.start();
			return cluster;
		}
		catch (RuntimeException ex) {
			cluster.close();
			throw ex;
		}
	}

	private SampleNode node(int pid) {
		String nodes = IntStream.rangeClosed(1, this.ports.size())
			.mapToObj(Integer::toString)
			.collect(Collectors.joining(","));
		List<String> arguments = new ArrayList<>(List.of("--node=" + pid, "--omnipaxos.cluster.nodes=" + nodes,
				"--kv.data-dir=" + dataDirectory(pid), "--server.address=" + site(pid).host(),
				"--server.port=" + this.ports.get(pid - 1), "--slow-disk.file=" + slowDiskFile(pid)));
		for (int peer = 1; peer <= this.ports.size(); peer++) {
			arguments.add("--omnipaxos.peers.%d=http://%s".formatted(peer, address(pid, peer)));
		}
		arguments.addAll(this.settings);
		return new SampleNode(site(pid), this.directory.resolve("node-%d.log".formatted(pid)),
				(this.links != null) ? SampleNode.FRAGILE : UnpackedSample.program(), arguments);
	}

	private SampleNode.Site site(int pid) {
		int port = this.ports.get(pid - 1);
		return (this.links != null) ? new SampleNode.Site(this.links.host(pid), port, this.links.inside(pid))
				: SampleNode.Site.here(port);
	}

	private String address(int pid, int peer) {
		return (this.links != null && peer != pid) ? this.links.address(pid, peer)
				: "%s:%d".formatted(site(peer).host(), this.ports.get(peer - 1));
	}

	/** Starts the nodes and waits until all of them are healthy. */
	void start() {
		this.nodes.forEach(SampleNode::start);
		this.nodes.forEach(SampleNode::awaitHealthy);
	}

	List<SampleNode> nodes() {
		return this.nodes;
	}

	SampleNode node(long pid) {
		return this.nodes.get((int) pid - 1);
	}

	int pidOf(SampleNode node) {
		return this.nodes.indexOf(node) + 1;
	}

	/** Returns the directory of a node's database. */
	Path dataDirectory(int pid) {
		return this.directory.resolve("data-" + pid);
	}

	private Path slowDiskFile(int pid) {
		return this.directory.resolve("slow-disk-" + pid);
	}

	/** Makes every write of a node to its disk take longer, or no longer for zero. */
	void slowDisk(SampleNode node, Duration delay) {
		Path file = slowDiskFile(pidOf(node));
		try {
			if (delay.isZero()) {
				Files.deleteIfExists(file);
				return;
			}
			Path complete = Files.writeString(file.resolveSibling(file.getFileName() + ".new"),
					Long.toString(delay.toMillis()));
			Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns what the nodes reach each other through. */
	Links links() {
		return Objects.requireNonNull(this.links, "The nodes reach each other directly");
	}

	/**
	 * Lets everything pass between the nodes, and waits until all of them are healthy.
	 */
	void heal() {
		links().heal();
		this.nodes.forEach(SampleNode::awaitHealthy);
	}

	/** Waits until the nodes that run agree on a leader, and returns it. */
	SampleNode leader() {
		return leaderAmong(this.nodes.stream().filter(SampleNode::isAlive).toList());
	}

	/** Waits until some nodes agree that one of them leads, and returns it. */
	SampleNode leaderAmong(List<SampleNode> some) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(50))
			.ignoreExceptions()
			.until(() -> node(leaderAccordingTo(some)), some::contains);
	}

	private static long leaderAccordingTo(List<SampleNode> some) throws IOException {
		List<Long> leaders = new ArrayList<>();
		for (SampleNode node : some) {
			leaders.add(node.client().status().get("leader").longValue());
		}
		if (leaders.stream().distinct().count() != 1) {
			throw new IllegalStateException("No agreement yet: " + leaders);
		}
		return leaders.get(0);
	}

	/** Returns the nodes other than one. */
	List<SampleNode> others(SampleNode node) {
		return this.nodes.stream().filter((other) -> other != node).toList();
	}

	@Override
	public void close() {
		this.nodes.forEach(SampleNode::close);
		if (this.links != null) {
			this.links.close();
		}
	}

	private static List<Integer> freePorts(int count) {
		return IntStream.generate(SampleCluster::freePort).distinct().limit(count).boxed().toList();
	}

	/**
	 * Below the ports that the system gives to outgoing connections, and other ones than
	 * the tests take that run at the same time.
	 */
	static int freePort() {
		int first = 20_000 + 3_000 * (Integer.getInteger("sample.fork", 0) % 4);
		while (true) {
			int port = ThreadLocalRandom.current().nextInt(first, first + 3_000);
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				// Taken: another one.
				continue;
			}
		}
	}

	private static Path emptyDirectory(Path directory) {
		try {
			FileSystemUtils.deleteRecursively(directory);
			return Files.createDirectories(directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
