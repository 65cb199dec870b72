package io.omnipaxos.core;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.StoredSnapshot;
import io.omnipaxos.core.storage.StoredState;
import org.jspecify.annotations.Nullable;

/**
 * What was compacted away, the snapshot that is to take its place next, and who is
 * fetching the present one.
 */
final class CompactedPrefix {

	private long index;

	private SessionTable sessions;

	private @Nullable StoredSnapshot snapshot;

	private @Nullable Staged staged;

	private final SnapshotTransfers transfers = new SnapshotTransfers();

	CompactedPrefix(StoredState stored) {
		this.index = stored.compactedIndex();
		this.sessions = stored.compactedSessions();
		this.snapshot = stored.snapshot();
	}

	/** First index that is kept. */
	long index() {
		return this.index;
	}

	/** Session table at the index. */
	SessionTable sessions() {
		return this.sessions;
	}

	/** Snapshot of what was compacted, or {@code null} when it was trimmed. */
	@Nullable StoredSnapshot snapshot() {
		return this.snapshot;
	}

	/** First index that the snapshot covers, or would cover. */
	long base() {
		return (this.snapshot != null) ? this.snapshot.id().base() : this.index;
	}

	/** How many bytes of a node's snapshot were put aside. */
	long stagedBytes(NodeId of, SnapshotId id) {
		return (this.staged != null && this.staged.of().equals(of) && this.staged.id().equals(id)) ? this.staged.bytes()
				: 0;
	}

	/** The snapshot that was put aside, in part. */
	@Nullable SnapshotId staged() {
		return (this.staged != null) ? this.staged.id() : null;
	}

	void stage(NodeId of, SnapshotId id, long offset, int bytes) {
		Invariant.check(offset == 0 || offset == stagedBytes(of, id), "%d bytes of %s are aside, and not %d",
				stagedBytes(of, id), id, offset);
		this.staged = new Staged(of, id, offset + bytes);
	}

	void become(long newIndex, SessionTable sessionsThere, @Nullable StoredSnapshot newSnapshot) {
		this.index = newIndex;
		this.sessions = sessionsThere;
		this.snapshot = newSnapshot;
		this.staged = null;
		this.transfers.beginAnew();
	}

	/** Who is fetching the snapshot. */
	SnapshotTransfers transfers() {
		return this.transfers;
	}

	/** Other nodes' snapshots of the same entries may be other bytes. */
	private record Staged(NodeId of, SnapshotId id, long bytes) {
	}

}
