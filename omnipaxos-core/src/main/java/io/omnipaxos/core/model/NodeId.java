package io.omnipaxos.core.model;

/**
 * Identifies a server of the cluster, the <em>pid</em>. Unique in the cluster and never
 * given to another server.
 *
 * @param value positive number; zero only in {@link #NONE}
 */
public record NodeId(long value) implements Comparable<NodeId> {

	/** Stands for "no node"; lower than every other. */
	public static final NodeId NONE = new NodeId(0);

	public NodeId {
		if (value < 0) {
			throw new IllegalArgumentException("A pid must be a positive number, not " + value);
		}
	}

	@Override
	public int compareTo(NodeId other) {
		return Long.compare(this.value, other.value);
	}

	@Override
	public String toString() {
		return "n" + this.value;
	}

}
