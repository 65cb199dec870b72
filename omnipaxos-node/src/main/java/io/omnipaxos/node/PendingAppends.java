package io.omnipaxos.node;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.LogSealedException;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import org.jspecify.annotations.Nullable;

/**
 * This node's appends between their proposal and their answer. For the replica's thread.
 */
final class PendingAppends {

	private final NodeId self;

	private final AppendBudget budget;

	private SessionAppends latest = new SessionAppends(0);

	/**
	 * Sessions that were left because their counter had gone back; nearly always none.
	 */
	private final List<SessionAppends> earlier = new ArrayList<>();

	PendingAppends(NodeId self, AppendBudget budget) {
		this.self = self;
		this.budget = budget;
	}

	void add(ProposalId id, PendingAppend append) {
		if (id.session() != this.latest.session()) {
			this.earlier.add(this.latest);
			this.earlier.removeIf(SessionAppends::isEmpty);
			this.latest = new SessionAppends(id.session());
		}
		this.latest.add(id.seq(), append);
	}

	/** Answers the own ones among entries that were decided. */
	void decided(long from, List<Entry> entries) {
		for (int i = 0; i < entries.size(); i++) {
			ProposalId id = entries.get(i).id();
			PendingAppend append = id.pid().equals(this.self) ? take(id) : null;
			if (append != null) {
				decided(append, new Appended(from + i));
			}
		}
	}

	/** Answers those that a snapshot covers. */
	void covered(SessionTable table) {
		ProposalId last = table.of(this.self);
		SessionAppends session = (last != null) ? find(last.session()) : null;
		if (last != null && session != null) {
			session.takeUpTo(last.seq(), (append) -> decided(append, Appended.AT_UNKNOWN_INDEX));
		}
	}

	void refused(ProposalId id) {
		failed(id, new LogSealedException(
				"A stop-sign has ended the log before this entry; append it to the next" + " configuration"));
	}

	void unknown(ProposalId id) {
		failed(id, new OutcomeUnknownException("A later life of this node is known, perhaps because its storage was"
				+ " restored from a copy; whether %s was decided can't be told".formatted(id)));
	}

	void failAll(RuntimeException reason) {
		this.earlier.forEach((session) -> session.takeAll((append) -> failed(append, reason)));
		this.latest.takeAll((append) -> failed(append, reason));
	}

	private void failed(ProposalId id, RuntimeException reason) {
		PendingAppend append = take(id);
		if (append != null) {
			failed(append, reason);
		}
	}

	/** Makes room first: whoever is answered may want it. */
	private void decided(PendingAppend append, Appended where) {
		this.budget.release(append.size());
		append.decided(where);
	}

	private void failed(PendingAppend append, RuntimeException reason) {
		this.budget.release(append.size());
		append.failed(reason);
	}

	private @Nullable PendingAppend take(ProposalId id) {
		SessionAppends session = find(id.session());
		return (session != null) ? session.take(id.seq()) : null;
	}

	private @Nullable SessionAppends find(long session) {
		if (session == this.latest.session()) {
			return this.latest;
		}
		for (SessionAppends other : this.earlier) {
			if (other.session() == session) {
				return other;
			}
		}
		return null;
	}

}
