package io.omnipaxos.core.model;

import org.jspecify.annotations.Nullable;

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

	// Compared for every message: the same pid is mostly the same object.
	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof NodeId that && this.value == that.value);
	}

	@Override
	public int hashCode() {
		return Long.hashCode(this.value);
	}

	@Override
	public String toString() {
		return "n" + this.value;
	}

}
