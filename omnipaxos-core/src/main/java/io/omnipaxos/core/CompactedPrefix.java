package io.omnipaxos.core;

import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.StoredSnapshot;
import io.omnipaxos.core.storage.StoredState;
import org.jspecify.annotations.Nullable;

/** What was compacted away, and the snapshot that is to take its place next. */
final class CompactedPrefix {

	private long index;

	private SessionTable sessions;

	private @Nullable StoredSnapshot snapshot;

	private @Nullable SnapshotId staged;

	private long stagedBytes;

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

	/** How many bytes of a snapshot were put aside. */
	long stagedBytes(SnapshotId id) {
		return id.equals(this.staged) ? this.stagedBytes : 0;
	}

	/** The snapshot that was put aside, in part. */
	@Nullable SnapshotId staged() {
		return this.staged;
	}

	void stage(SnapshotId id, long offset, int bytes) {
		Invariant.check(offset == 0 || offset == stagedBytes(id), "%d bytes of %s are aside, and not %d",
				stagedBytes(id), id, offset);
		this.staged = id;
		this.stagedBytes = offset + bytes;
	}

	void become(long newIndex, SessionTable sessionsThere, @Nullable StoredSnapshot newSnapshot) {
		this.index = newIndex;
		this.sessions = sessionsThere;
		this.snapshot = newSnapshot;
		this.staged = null;
	}

}
