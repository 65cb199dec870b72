package io.omnipaxos.core;

/**
 * A log could not be trimmed or snapshotted as asked. It is as it was.
 * <p>
 * Source: {@code CompactionErr} of the Rust library.
 */
public class CompactionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	public CompactionException(Reason reason, String message) {
		super(message);
		this.reason = reason;
	}

	/** Returns why. */
	public Reason reason() {
		return this.reason;
	}

	/** Why a log could not be compacted. */
	public enum Reason {

		/** The index is not decided on this node. */
		UNDECIDED,

		/** The log is already compacted beyond the index. */
		ALREADY_COMPACTED,

		/** Not every node is known to have durably decided the index. */
		NOT_DECIDED_EVERYWHERE,

		/** Only the leader trims, and this node does not lead. */
		NOT_LEADER,

		/** The log has no snapshotter. */
		NO_SNAPSHOTTER

	}

}
