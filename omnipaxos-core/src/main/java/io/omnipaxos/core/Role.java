package io.omnipaxos.core;

/**
 * What a node is doing in its ballot.
 */
public enum Role {

	/** Leads, and gathers promises. */
	PREPARING("leader", "prepare"),

	/** Leads, and replicates. */
	LEADING("leader", "accept"),

	/** Follows, and has not adopted the leader's log yet. */
	SYNCING("follower", "prepare"),

	/** Follows, in step with its leader. */
	FOLLOWING("follower", "accept");

	private final String part;

	private final String phase;

	Role(String part, String phase) {
		this.part = part;
		this.phase = phase;
	}

	/** Returns {@code leader} or {@code follower}. */
	public String part() {
		return this.part;
	}

	/** Returns the phase of Sequence Paxos: {@code prepare} or {@code accept}. */
	public String phase() {
		return this.phase;
	}

	/** Returns whether the node leads, in either phase. */
	public boolean leads() {
		return this == PREPARING || this == LEADING;
	}

}
