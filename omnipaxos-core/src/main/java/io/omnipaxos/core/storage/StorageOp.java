package io.omnipaxos.core.storage;

import java.util.List;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;

/**
 * One change of what is stored. Operations of a batch apply in order, and together.
 */
public sealed interface StorageOp {

	/**
	 * Begins a new life of the node: proposals and heartbeats carry this number, and the
	 * configuration is that of everything that the node does in it.
	 */
	record StartSession(long session, ClusterConfig configuration) implements StorageOp {
	}

	/** Records the highest ballot promised. */
	record SetPromise(Ballot promise) implements StorageOp {
	}

	/** Records the ballot whose leader's log was adopted. */
	record SetAcceptedRound(Ballot acceptedRound) implements StorageOp {
	}

	/**
	 * Makes {@code entries} the log from index {@code from} on. Whatever stood at
	 * {@code from} or after is gone, also when there are no entries.
	 */
	record Append(long from, List<Entry> entries) implements StorageOp {

		public Append {
			entries = List.copyOf(entries);
		}

	}

	/** Records how far the log is decided, and each node's last proposal below that. */
	record SetDecided(long index, SessionTable sessions) implements StorageOp {
	}

	/** Drops the entries below {@code index}, and the snapshot. */
	record Trim(long index, SessionTable sessions) implements StorageOp {
	}

	/**
	 * Puts a piece of a snapshot aside. Pieces come in order; offset zero begins anew and
	 * forgets whatever was aside. Not visible to reads until it is installed, and need
	 * not survive a restart.
	 */
	record StageSnapshot(SnapshotId id, long offset, Payload data) implements StorageOp {
	}

	/**
	 * Makes the staged pieces the snapshot, instead of any earlier one. Entries below its
	 * index are dropped, those at or above it stay; a log that ended below the index now
	 * ends at it.
	 */
	record InstallSnapshot(SnapshotId id, SessionTable sessions) implements StorageOp {
	}

}
