package io.omnipaxos.benchmarks.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.omnipaxos.benchmarks.system.NodeSettings;
import io.omnipaxos.benchmarks.system.SystemKind;

/** A cluster of one system: a process for each node, on the loopback interface. */
final class ClusterProcesses implements AutoCloseable {

	/** For how long a leader has to be the only one. */
	private static final Duration STEADY = Duration.ofSeconds(2);

	private static final Duration LEADER_PATIENCE = Duration.ofSeconds(60);

	private final List<NodeProcess> nodes = new ArrayList<>();

	private final Thread killer = new Thread(this::stopAll);

	/**
	 * Starts a cluster.
	 * @param kind system
	 * @param size how many nodes
	 * @param directory where each node gets a directory
	 * @param jvmOptions options of each node's JVM, in which {@code %d} is its pid
	 */
	ClusterProcesses(SystemKind kind, int size, Path directory, List<String> jvmOptions) throws IOException {
		Runtime.getRuntime().addShutdownHook(this.killer);
		List<List<Integer>> ports = freePorts(size);
		try {
			for (int pid = 1; pid <= size; pid++) {
				int self = pid;
				this.nodes.add(new NodeProcess(kind, new NodeSettings(pid, ports, directory.resolve("node-" + pid)),
						jvmOptions.stream().map((option) -> option.replace("%d", Integer.toString(self))).toList()));
			}
			this.nodes.forEach(NodeProcess::awaitReady);
		}
		catch (IOException | RuntimeException ex) {
			close();
			throw ex;
		}
	}

	private static List<List<Integer>> freePorts(int size) throws IOException {
		List<ServerSocket> sockets = new ArrayList<>();
		try {
			for (int i = 0; i < size * NodeSettings.PORTS; i++) {
				sockets.add(new ServerSocket(0, 1, InetAddress.getByName(NodeSettings.HOST)));
			}
			List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
			return IntStream.range(0, size)
				.mapToObj((node) -> ports.subList(node * NodeSettings.PORTS, (node + 1) * NodeSettings.PORTS))
				.toList();
		}
		finally {
			for (ServerSocket socket : sockets) {
				socket.close();
			}
		}
	}

	/**
	 * Waits for a leader that stays, and returns it: in a new cluster, several nodes may
	 * lead one after the other.
	 */
	NodeProcess leader() throws InterruptedException {
		long until = System.nanoTime() + LEADER_PATIENCE.toNanos();
		List<NodeProcess> before = List.of();
		long since = System.nanoTime();
		while (System.nanoTime() < until) {
			List<NodeProcess> leaders = this.nodes.stream().filter(NodeProcess::leads).toList();
			if (leaders.size() != 1 || !leaders.equals(before)) {
				before = leaders;
				since = System.nanoTime();
			}
			else if (System.nanoTime() - since > STEADY.toNanos()) {
				return leaders.get(0);
			}
			TimeUnit.MILLISECONDS.sleep(50);
		}
		throw new IllegalStateException("No leader was elected that stays, within " + LEADER_PATIENCE);
	}

	List<NodeProcess> nodes() {
		return List.copyOf(this.nodes);
	}

	Duration cpu() {
		return this.nodes.stream().map(NodeProcess::cpu).reduce(Duration.ZERO, Duration::plus);
	}

	private void stopAll() {
		this.nodes.forEach(NodeProcess::stop);
		this.nodes.forEach(NodeProcess::close);
	}

	@Override
	public void close() {
		try {
			Runtime.getRuntime().removeShutdownHook(this.killer);
		}
		catch (IllegalStateException ex) {
			// This process ends, and the hook stops the nodes.
			return;
		}
		stopAll();
	}

}
