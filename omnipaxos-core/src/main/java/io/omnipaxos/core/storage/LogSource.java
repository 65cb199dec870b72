package io.omnipaxos.core.storage;

import java.util.List;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;

/**
 * Where entries and snapshots are read from: a storage, or what stands before one. May be
 * called by any thread at any time; shows the state after some completed write, and never
 * waits for one that is under way.
 */
public interface LogSource {

	/**
	 * Returns entries from index {@code from} on, without a gap.
	 * @param from first index wanted
	 * @param to index before which to stop
	 * @param maxBytes how much to return, as counted by {@link Entry#size()}; the first
	 * entry comes whatever its size
	 * @return entries, none when there is no entry at {@code from} (any more)
	 * @throws StorageException if the storage fails
	 */
	List<Entry> entries(long from, long to, long maxBytes);

	/**
	 * Returns a piece of the snapshot.
	 * @param id snapshot that is meant
	 * @param offset first byte wanted
	 * @param maxBytes how many bytes to return at most
	 * @return the bytes, fewer than asked for only at the end; none when that snapshot is
	 * not (any longer) the stored one
	 * @throws StorageException if the storage fails
	 */
	Payload snapshot(SnapshotId id, long offset, int maxBytes);

}
