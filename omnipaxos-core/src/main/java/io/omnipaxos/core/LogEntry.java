package io.omnipaxos.core;

import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Payload;

/**
 * What a reader finds in a log.
 * <p>
 * Source: {@code LogEntry} of the Rust library.
 *
 * @param <T> type of the entries
 */
public sealed interface LogEntry<T> {

	/** An entry that is decided, and will never change. */
	record Decided<T>(long index, T value) implements LogEntry<T> {
	}

	/** An entry that is accepted here and may yet be replaced. */
	record Undecided<T>(long index, T value) implements LogEntry<T> {
	}

	/**
	 * Entries that were trimmed.
	 *
	 * @param index first index that is still there
	 * @param <T> type of the entries
	 */
	record Trimmed<T>(long index) implements LogEntry<T> {
	}

	/**
	 * Entries that were folded into a snapshot.
	 *
	 * @param base first index that the snapshot covers
	 * @param index first index that it does not cover
	 * @param snapshot the snapshot, as the log's snapshotter made it
	 * @param <T> type of the entries
	 */
	record Snapshotted<T>(long base, long index, Object snapshot) implements LogEntry<T> {
	}

	/**
	 * The end of the configuration.
	 *
	 * @param index index of the stop-sign
	 * @param next configuration that follows
	 * @param metadata what was decided along with it
	 * @param decided whether it is decided; if not, it may yet be replaced
	 * @param <T> type of the entries
	 */
	record StopSign<T>(long index, ClusterConfig next, Payload metadata, boolean decided) implements LogEntry<T> {
	}

}
