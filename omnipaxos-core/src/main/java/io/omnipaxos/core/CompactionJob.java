package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.model.Entry;

/**
 * One compaction under way, which takes a piece of the work at each step, so that no log
 * is too long for it. A snapshot itself is read at the begin, and written out at the end,
 * in one step each.
 */
sealed interface CompactionJob permits TrimJob, SnapshotJob {

	/** Where the log will begin. */
	long index();

	/** Does one piece of the work; the last makes the log begin at the index. */
	void step();

	/** Reads entries that must be there, as many as one piece holds. */
	static List<Entry> read(Local local, long from, long to) {
		List<Entry> entries = local.log().entries(from, to, local.limits().maxPieceBytes());
		Invariant.check(!entries.isEmpty(), "Entry %d is to be compacted and is not there", from);
		return entries;
	}

}
