package io.omnipaxos.benchmarks.system;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which node of which cluster a process is.
 *
 * @param pid this node, counted from one
 * @param ports free ports on the loopback interface, a list for each node
 * @param directory empty directory of this node's own
 */
public record NodeSettings(int pid, List<List<Integer>> ports, Path directory) {

	/** How many ports each node has. */
	public static final int PORTS = 8;

	/** The interface that everything listens on. */
	public static final String HOST = "127.0.0.1";

	/** Returns the pids of all nodes. */
	public IntStream pids() {
		return IntStream.rangeClosed(1, this.ports.size());
	}

	/** Returns a port of this node. */
	public int port(int use) {
		return port(this.pid, use);
	}

	/** Returns a port of any node. */
	public int port(int node, int use) {
		return this.ports.get(node - 1).get(use);
	}

}
