package io.omnipaxos.benchmarks.cluster;

import java.lang.management.ManagementFactory;

/**
 * How a node is.
 *
 * @param decided entries that it has decided
 * @param heapBytes bytes of its heap that are in use after a full collection, or at the
 * moment
 */
record NodeStatus(long decided, long heapBytes) {

	/** Returns the status of this process. */
	static NodeStatus of(long decided, boolean collect) {
		if (collect) {
			System.gc();
		}
		return new NodeStatus(decided, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
	}

	String format() {
		return this.decided + " " + this.heapBytes;
	}

	static NodeStatus parse(String text) {
		String[] values = text.split(" ");
		return new NodeStatus(Long.parseLong(values[0]), Long.parseLong(values[1]));
	}

	double heapMegabytes() {
		return this.heapBytes / 1048576.0;
	}

}
