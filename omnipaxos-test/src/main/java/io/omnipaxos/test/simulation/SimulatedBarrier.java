package io.omnipaxos.test.simulation;

import java.util.List;

import io.omnipaxos.core.model.NodeId;

/**
 * A read barrier, and what its node has said of it so far.
 */
public final class SimulatedBarrier {

	private final NodeId node;

	private long id = -1;

	private long least = -1;

	private long index = -1;

	private long reachedAt = -1;

	private List<String> seen = List.of();

	private boolean lost;

	SimulatedBarrier(NodeId node) {
		this.node = node;
	}

	/** Returns the node that was asked. */
	public NodeId node() {
		return this.node;
	}

	/** Returns its number in the life of its node, or -1 before it has one. */
	public long id() {
		return this.id;
	}

	/** Returns the index up to which a read has to wait, or -1 before that is known. */
	public long index() {
		return this.index;
	}

	/** Returns whether the node reached it. */
	public boolean isReached() {
		return this.index >= 0;
	}

	/** Returns when the node reached it, in units of time, or -1 before that. */
	public long reachedAt() {
		return this.reachedAt;
	}

	/**
	 * Returns what a read sees that waited for it: all that the node had said is decided
	 * by the time it reached it.
	 */
	public List<String> seen() {
		return this.seen;
	}

	/** Returns whether its node is no longer there to reach it. */
	public boolean isLost() {
		return this.lost;
	}

	/** Returns the index that it must not stay below. */
	long least() {
		return this.least;
	}

	void asked(long number, long completed) {
		this.id = number;
		this.least = completed;
	}

	void reached(long where, long now, List<String> decided) {
		this.index = where;
		this.reachedAt = now;
		this.seen = List.copyOf(decided);
	}

	void lose() {
		this.lost = true;
	}

	@Override
	public String toString() {
		return "barrier %d of %s".formatted(this.id, this.node);
	}

}
