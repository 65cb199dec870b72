package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;

/** Three nodes of the sample, three processes, with database files of their own. */
class SampleCluster implements AutoCloseable {

	private static final int NODES = 3;

	private final List<SampleNode> nodes;

	/**
	 * Makes a cluster with nothing stored; starts nothing.
	 * @param name name of the directory of its files
	 */
	SampleCluster(String name) {
		Path directory = emptyDirectory(Path.of(System.getProperty("sample.work"), name));
		int[] ports = freePorts();
		List<String> peers = IntStream.rangeClosed(1, NODES)
			.mapToObj((pid) -> "--omnipaxos.peers.%d=http://127.0.0.1:%d".formatted(pid, ports[pid - 1]))
			.toList();
		this.nodes = IntStream.rangeClosed(1, NODES).mapToObj((pid) -> {
			List<String> arguments = new ArrayList<>(peers);
			arguments.add("--node=" + pid);
			arguments.add("--server.port=" + ports[pid - 1]);
			arguments.add("--kv.data-dir=" + directory);
			return new SampleNode(ports[pid - 1], directory.resolve("node-%d.log".formatted(pid)), arguments);
		}).toList();
	}

	/** Makes a cluster and waits until every node is healthy. */
	static SampleCluster started(String name) {
		SampleCluster cluster = new SampleCluster(name);
		cluster.start();
		return cluster;
	}

	/** Starts the nodes and waits until all of them are healthy. */
	void start() {
		this.nodes.forEach(SampleNode::start);
		this.nodes.forEach(SampleNode::awaitHealthy);
	}

	List<SampleNode> nodes() {
		return this.nodes;
	}

	SampleNode node(int pid) {
		return this.nodes.get(pid - 1);
	}

	/** Waits until the nodes that run agree on a leader, and returns it. */
	SampleNode leader() {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(50))
			.ignoreExceptions()
			.until(() -> node(agreedLeader()), SampleNode::isAlive);
	}

	private int agreedLeader() throws IOException {
		List<Integer> leaders = new ArrayList<>();
		for (SampleNode node : this.nodes) {
			if (node.isAlive()) {
				leaders.add(leaderAccordingTo(node));
			}
		}
		if (leaders.stream().distinct().count() != 1) {
			throw new IllegalStateException("No agreement yet: " + leaders);
		}
		return leaders.get(0);
	}

	private static int leaderAccordingTo(SampleNode node) throws IOException {
		return node.client().get("actuator/omnipaxos").ok().body().findValue("leader").intValue();
	}

	/** Returns the nodes other than one. */
	List<SampleNode> others(SampleNode node) {
		return this.nodes.stream().filter((other) -> other != node).toList();
	}

	@Override
	public void close() {
		this.nodes.forEach(SampleNode::close);
	}

	private static int[] freePorts() {
		return IntStream.range(0, NODES).map((node) -> freePort()).distinct().toArray();
	}

	/** Below the ports that the system gives to outgoing connections. */
	static int freePort() {
		while (true) {
			int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
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
			if (Files.exists(directory)) {
				try (var files = Files.list(directory)) {
					for (Path file : files.toList()) {
						Files.delete(file);
					}
				}
			}
			return Files.createDirectories(directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
