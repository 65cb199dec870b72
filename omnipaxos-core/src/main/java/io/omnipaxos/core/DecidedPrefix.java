package io.omnipaxos.core;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;

/** How much of the log is decided, whose proposals that holds, and how much is not. */
final class DecidedPrefix {

	private long index;

	/** Last proposal of each node below the index. */
	private SessionTable sessions;

	/** Bytes of the entries at or above the index. */
	private long undecidedBytes;

	DecidedPrefix(long index, SessionTable sessions) {
		this.index = index;
		this.sessions = sessions;
	}

	long index() {
		return this.index;
	}

	SessionTable sessions() {
		return this.sessions;
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

	/** Of each node the last entry counts; mostly they are all of one. */
	void growTo(long to, EntryWindow log) {
		if (to <= this.index) {
			return;
		}
		ProposalId last = log.get(to - 1).id();
		SessionTable others = SessionTable.EMPTY;
		for (long i = to - 1; i >= this.index; i--) {
			Entry entry = log.get(i);
			ProposalId id = entry.id();
			if (!id.pid().equals(last.pid()) && others.of(id.pid()) == null) {
				others = others.with(id);
			}
			this.undecidedBytes -= entry.size();
		}
		this.sessions = this.sessions.with(others).with(last);
		this.index = to;
	}

	/**
	 * A snapshot has brought the log to an index that it had not reached; its table names
	 * everybody whom an earlier one names.
	 */
	void jumpTo(long to, SessionTable sessionsThere, EntryWindow log) {
		this.index = to;
		this.sessions = this.sessions.with(sessionsThere);
		this.undecidedBytes = 0;
		for (long i = to; i < log.end(); i++) {
			this.undecidedBytes += log.get(i).size();
		}
	}

}
