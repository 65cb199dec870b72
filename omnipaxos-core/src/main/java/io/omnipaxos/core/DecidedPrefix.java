package io.omnipaxos.core;

import java.util.HashMap;
import java.util.Map;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;

/** How much of the log is decided, whose proposals that holds, and how much is not. */
final class DecidedPrefix {

	private long index;

	/** Last proposal of each node below the index. */
	private final Map<NodeId, ProposalId> sessions;

	/** Bytes of the entries at or above the index. */
	private long undecidedBytes;

	DecidedPrefix(long index, SessionTable sessions) {
		this.index = index;
		this.sessions = new HashMap<>(sessions.last());
	}

	long index() {
		return this.index;
	}

	SessionTable sessions() {
		return new SessionTable(this.sessions);
	}

	long undecidedBytes() {
		return this.undecidedBytes;
	}

	void appended(Entry entry) {
		this.undecidedBytes += entry.size();
	}

	void removed(long bytes) {
		this.undecidedBytes -= bytes;
	}

	/** Entries of one node mostly follow each other; of each such row the last counts. */
	void growTo(long to, EntryWindow log) {
		if (to <= this.index) {
			return;
		}
		ProposalId last = log.get(this.index).id();
		for (long i = this.index; i < to; i++) {
			Entry entry = log.get(i);
			ProposalId id = entry.id();
			if (!id.pid().equals(last.pid())) {
				this.sessions.put(last.pid(), last);
			}
			last = id;
			this.undecidedBytes -= entry.size();
		}
		this.sessions.put(last.pid(), last);
		this.index = to;
	}

	/**
	 * A snapshot has brought the log to an index that it had not reached; its table names
	 * everybody whom an earlier one names.
	 */
	void jumpTo(long to, SessionTable sessionsThere, EntryWindow log) {
		this.index = to;
		this.sessions.putAll(sessionsThere.last());
		this.undecidedBytes = 0;
		for (long i = to; i < log.end(); i++) {
			this.undecidedBytes += log.get(i).size();
		}
	}

}
