package io.omnipaxos.node;

import io.omnipaxos.core.LogEntry;

/**
 * Takes decided entries in the order of the log.
 *
 * @param <T> type of the entries
 */
@FunctionalInterface
public interface LogListener<T> {

	/**
	 * Takes the next decided entry: {@link LogEntry.Decided}, {@link LogEntry.StopSign},
	 * or, where entries are no longer there one by one, {@link LogEntry.Snapshotted} or
	 * {@link LogEntry.Trimmed}. What it throws ends the subscription.
	 * @param entry next entry
	 */
	void onEntry(LogEntry<T> entry);

}
