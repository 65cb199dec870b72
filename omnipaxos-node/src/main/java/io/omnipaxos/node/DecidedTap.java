package io.omnipaxos.node;

import java.util.List;

import io.omnipaxos.core.model.Entry;

/**
 * Is shown what is decided as it is decided, on the replica's thread, which it must not
 * hold up.
 */
interface DecidedTap {

	/**
	 * Entries are decided.
	 * @param from index of the first
	 * @param entries entries
	 * @param bytes their size
	 */
	void decided(long from, List<Entry> entries, long bytes);

	/** The log is decided up to an index, by a snapshot. */
	void decided(long index);

	/** Nothing will be decided here any more. */
	void stopped(ReplicaStoppedException reason);

}
