package io.omnipaxos.core.storage;

import java.util.List;

/**
 * Where one replica keeps its log.
 * <p>
 * {@link #load}, {@link #write} and {@link #hasRoom} are called by the replica's thread
 * alone; what a {@link LogSource} offers, by any thread at any time.
 * <p>
 * A method that fails throws {@link StorageException}, after which the replica stops and
 * asks nothing any more; but for a read that could not reach the storage
 * ({@link StorageUnavailableException}) and can wait.
 */
public interface Storage extends LogSource, AutoCloseable {

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
	 * Returns whether a leader may let in more entries. Whatever else is to be written
	 * is, entries of another leader too. Called by the replica's thread for each entry.
	 */
	default boolean hasRoom() {
		return true;
	}

	/**
	 * Returns whether reads wait for nothing, as all that is stored is in memory: then
	 * the replica's thread reads, too, while the protocol goes on.
	 */
	default boolean readsAtOnce() {
		return false;
	}

	/**
	 * Tells that the log is about to be closed: whatever fails now fails for good, and is
	 * not tried again. Called by any thread, while others are at work here.
	 */
	default void endPatience() {
	}

	/** Releases everything held. What was written stays. */
	@Override
	void close();

}
