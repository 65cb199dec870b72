package io.omnipaxos.benchmarks.system;

import java.io.IOException;
import java.util.stream.Stream;

/** The database server of one node, whose commits are on the disk. */
interface DatabaseServer extends AutoCloseable {

	/** Returns where the node finds its database. */
	String url();

	/** Returns who the node is there. */
	String user();

	/** Returns the server's processes that are no children of this one. */
	default Stream<ProcessHandle> processes() {
		return Stream.empty();
	}

	@Override
	void close() throws IOException;

}
