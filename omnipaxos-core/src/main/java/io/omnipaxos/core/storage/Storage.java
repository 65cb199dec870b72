package io.omnipaxos.core.storage;

import java.util.List;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;

/**
 * Where one replica keeps its log.
 * <p>
 * {@link #load} and {@link #write} are called by the replica's thread alone.
 * {@link #entries} and {@link #snapshot} may be called by any thread at any time; they
 * show the state after some completed write and never wait for one that is under way.
 * <p>
 * A method that fails throws {@link StorageException}, after which the replica stops and
 * asks nothing any more.
 */
public interface Storage extends AutoCloseable {

	/**
	 * Returns what is stored, without the entries; called once, before anything else. A
	 * snapshot that was staged and not installed may be forgotten here.
	 * @return stored state
	 */
	StoredState load();

	/**
	 * Applies {@code ops} in order, all of them or none. <b>When this returns they are
	 * durable:</b> they survive {@code kill -9} and a power cut, as far as the kind of
	 * storage promises anything of the sort.
	 * @param ops operations, at least one
	 */
	void write(List<StorageOp> ops);

	/**
	 * Returns entries from index {@code from} on, without a gap.
	 * @param from first index wanted
	 * @param to index before which to stop
	 * @param maxBytes how much to return, as counted by {@link Entry#size()}; the first
	 * entry comes whatever its size
	 * @return entries, none when there is no entry at {@code from} (any more)
	 */
	List<Entry> entries(long from, long to, long maxBytes);

	/**
	 * Returns a piece of the snapshot.
	 * @param id snapshot that is meant
	 * @param offset first byte wanted
	 * @param maxBytes how many bytes to return at most
	 * @return the bytes, fewer than asked for only at the end; none when that snapshot is
	 * not (any longer) the stored one
	 */
	Payload snapshot(SnapshotId id, long offset, int maxBytes);

	/** Releases everything held. What was written stays. */
	@Override
	void close();

}
