package io.omnipaxos.benchmarks.system;

import java.io.IOException;
import java.util.stream.Stream;

/**
 * One node of a system that replicates a log, in a process of its own.
 */
public interface ReplicatedSystem extends AutoCloseable {

	/** Returns whether this node leads, and takes appends without forwarding them. */
	boolean leads();

	/**
	 * Appends an entry; called on the leader, and often on the thread that has just
	 * completed another append.
	 * @param entry entry, which nobody changes any more
	 * @param completion told once the entry is decided and applied
	 */
	void append(byte[] entry, Completion completion);

	/** Returns how many entries this node has decided, where the system says so. */
	default long decided() {
		throw new UnsupportedOperationException("This system does not say how much it has decided");
	}

	/** Returns processes that work for this node, other than its children. */
	default Stream<ProcessHandle> helpers() {
		return Stream.empty();
	}

	/** Stops this node. */
	@Override
	void close() throws IOException;

}
