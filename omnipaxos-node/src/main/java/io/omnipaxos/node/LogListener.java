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
	 * {@link LogEntry.Trimmed}. A snapshot stands for everything from its base on, and
	 * takes the place of whatever the listener made of those entries before. It may come
	 * at any time: a node that lags behind is given one by its peers.
	 * @param entry next entry; what the listener throws ends the subscription
	 */
	void onEntry(LogEntry<T> entry);

}
