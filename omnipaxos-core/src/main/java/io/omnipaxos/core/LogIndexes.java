package io.omnipaxos.core;

import io.omnipaxos.core.storage.StoredSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * How far a log is. Zero-based and half open: a log with a decided index of 3 has decided
 * the entries 0, 1 and 2.
 *
 * @param snapshotBase where the snapshot begins, or -1 when there is no snapshot
 * @param snapshotSize bytes of the snapshot, or 0 when there is none
 * @param compacted first index whose entry is kept
 * @param decided length of the decided prefix
 * @param accepted length of the log
 */
public record LogIndexes(long snapshotBase, long snapshotSize, long compacted, long decided, long accepted) {

	static LogIndexes of(long compacted, @Nullable StoredSnapshot snapshot, long decided, long accepted) {
		return (snapshot != null) ? new LogIndexes(snapshot.id().base(), snapshot.size(), compacted, decided, accepted)
				: new LogIndexes(-1, 0, compacted, decided, accepted);
	}

	/** Returns whether what was compacted was folded into a snapshot. */
	public boolean hasSnapshot() {
		return this.snapshotBase >= 0;
	}

}
