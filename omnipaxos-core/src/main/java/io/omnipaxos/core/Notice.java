package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.StorageUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the owner of a replica that something it waits for has happened.
 */
public sealed interface Notice {

	/**
	 * More of the log is decided. Notices of this kind and {@link SnapshotInstalled}
	 * cover the log from the decided index at start, without a gap. Whatever is named
	 * here is on this node's disk. The node's own proposals among the entries are
	 * settled.
	 *
	 * @param from index of the first of the entries
	 * @param entries entries decided
	 */
	record Decided(long from, List<Entry> entries) implements Notice {
	}

	/**
	 * A snapshot from another node has taken the place of entries that this node never
	 * decided one by one. The node's own proposals that the sessions cover are decided,
	 * at indexes that are not known.
	 *
	 * @param snapshot what the snapshot is of
	 * @param sessions session table at its index
	 */
	record SnapshotInstalled(SnapshotId snapshot, SessionTable sessions) implements Notice {
	}

	/**
	 * A proposal of this node is certainly not decided, and never will be: the log was
	 * sealed by a stop-sign that stands before it.
	 *
	 * @param id proposal
	 */
	record ProposalRefused(ProposalId id) implements Notice {
	}

	/**
	 * Nobody can tell any more whether a proposal of this node was decided, because the
	 * node's session counter had gone back.
	 *
	 * @param id proposal
	 */
	record ProposalUnknown(ProposalId id) implements Notice {
	}

	/**
	 * This node has decided everything that the barriers have to see.
	 *
	 * @param upTo highest id of a barrier that is reached; every lower one is too
	 * @param index how much of the log that is
	 */
	record BarrierReached(long upTo, long index) implements Notice {
	}

	/**
	 * This node follows another leader, or none.
	 *
	 * @param leader leader, {@code null} when none is known
	 * @param ballot ballot of that leader, or of the one before when none is known
	 */
	record LeaderChanged(@Nullable NodeId leader, Ballot ballot) implements Notice {
	}

	/**
	 * The configuration has ended; nothing is decided after this index. Told again at
	 * every start of the replica.
	 *
	 * @param index index of the stop-sign
	 * @param stopSign stop-sign that was decided
	 */
	record Stopped(long index, Entry.StopSign stopSign) implements Notice {
	}

	/** What was asked to be trimmed or snapshotted is, up to {@code index}. */
	record Compacted(long index, boolean snapshot) implements Notice {
	}

	/**
	 * Compaction was begun and given up; the log is as it was.
	 *
	 * @param index index that was wanted
	 * @param cause what the snapshotter threw
	 */
	record CompactionFailed(long index, Throwable cause) implements Notice {
	}

	/**
	 * What was wanted of the storage, for a peer that lags or to compact the log, can't
	 * be read just now. It is tried again until it can. Told once, until something has
	 * been read again.
	 *
	 * @param cause what the storage threw
	 */
	record StorageAway(StorageUnavailableException cause) implements Notice {
	}

	/**
	 * A peer has said something that makes no sense to this node, which is ignored.
	 *
	 * @param from peer
	 * @param message kind of the message
	 * @param nonsense what makes no sense in it
	 */
	record MessageRefused(NodeId from, String message, String nonsense) implements Notice {
	}

	/**
	 * This node lags behind, and every node that was asked has trimmed what it lacks. It
	 * goes on asking.
	 *
	 * @param from first index that this node lacks
	 * @param availableFrom first index that is to be had
	 */
	record CatchUpImpossible(long from, long availableFrom) implements Notice {
	}

}
