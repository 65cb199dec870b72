package io.omnipaxos.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;

/**
 * Finds the session table at a decided index. Looks from there backwards, and only for
 * nodes of which something was decided since the last compaction: mostly a few entries
 * tell, however many there are.
 */
final class SessionSearch {

	/** Few: each may be as long as a whole piece. */
	private static final int FIRST_STRETCH = 1 << 3;

	private final Local local;

	/** Where the log begins. */
	private final long begin;

	private SessionTable found;

	private final Set<NodeId> sought = new HashSet<>();

	/** Last proposals in what was read; whoever was found is no longer looked for. */
	private final Map<NodeId, ProposalId> read = new HashMap<>();

	private long stretchFrom;

	private long stretchTo;

	private long cursor;

	SessionSearch(Local local, long index) {
		CompactedPrefix compacted = local.log().compacted();
		this.local = local;
		this.begin = compacted.index();
		this.found = compacted.sessions();
		for (ProposalId last : local.log().sessions().last()) {
			if (!last.equals(this.found.of(last.pid()))) {
				this.sought.add(last.pid());
			}
		}
		goTo(index, FIRST_STRETCH);
	}

	private void goTo(long end, long length) {
		this.stretchTo = end;
		this.stretchFrom = Math.max(this.begin, end - length);
		this.cursor = this.stretchFrom;
	}

	boolean isOver() {
		return this.sought.isEmpty() || this.stretchTo == this.begin;
	}

	/** Reads about one piece. */
	void step() {
		long left = this.local.limits().maxPieceBytes();
		while (left > 0 && !isOver()) {
			left -= readOn();
		}
	}

	private long readOn() {
		List<Entry> entries = CompactionJob.read(this.local, this.cursor, this.stretchTo);
		long bytes = 0;
		for (Entry entry : entries) {
			this.read.put(entry.id().pid(), entry.id());
			bytes += entry.size();
		}
		this.cursor += entries.size();
		if (this.cursor == this.stretchTo) {
			endStretch();
		}
		return bytes;
	}

	private void endStretch() {
		this.read.forEach((pid, last) -> {
			if (this.sought.remove(pid)) {
				this.found = this.found.with(last);
			}
		});
		goTo(this.stretchFrom, 2 * (this.stretchTo - this.stretchFrom));
	}

	SessionTable found() {
		return this.found;
	}

}
