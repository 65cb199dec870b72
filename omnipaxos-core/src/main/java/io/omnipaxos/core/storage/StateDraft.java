package io.omnipaxos.core.storage;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of operations makes of a stored state: the rules that every storage
 * shares. An operation that does not fit is refused before anything is written.
 * <p>
 * For the use of one thread, and for one batch: made from the state before it, it is
 * dropped when the batch fails.
 */
public final class StateDraft {

	private long session;

	private @Nullable ClusterConfig configuration;

	private Ballot promise;

	private Ballot acceptedRound;

	private long accepted;

	private Mark decided;

	private Mark compacted;

	private @Nullable StoredSnapshot snapshot;

	private @Nullable StoredSnapshot staged;

	/**
	 * Begins with what is stored.
	 * @param state stored state
	 * @param staged what was put aside so far, or {@code null}
	 */
	public StateDraft(StoredState state, @Nullable StoredSnapshot staged) {
		this.session = state.session();
		this.configuration = state.configuration();
		this.promise = state.promise();
		this.acceptedRound = state.acceptedRound();
		this.accepted = state.acceptedIndex();
		this.decided = new Mark(state.decidedIndex(), state.decidedSessions());
		this.compacted = new Mark(state.compactedIndex(), state.compactedSessions());
		this.snapshot = state.snapshot();
		this.staged = staged;
	}

	/**
	 * Applies one operation.
	 * @param op operation, the next of its batch
	 * @return whether it changes anything: one that compacts less than was compacted
	 * already does not
	 * @throws StorageException if it would leave a gap, take back what is decided, or
	 * install what was not staged
	 */
	public boolean apply(StorageOp op) {
		if (op instanceof StorageOp.Append append) {
			append(append);
		}
		else if (op instanceof StorageOp.SetDecided decided) {
			decide(decided);
		}
		else if (op instanceof StorageOp.SetPromise promise) {
			this.promise = promise.promise();
		}
		else if (op instanceof StorageOp.SetAcceptedRound round) {
			this.acceptedRound = round.acceptedRound();
		}
		else if (op instanceof StorageOp.StartSession start) {
			this.session = start.session();
			this.configuration = start.configuration();
		}
		else if (op instanceof StorageOp.Trim trim) {
			return trim(trim);
		}
		else if (op instanceof StorageOp.StageSnapshot stage) {
			stage(stage);
		}
		else if (op instanceof StorageOp.InstallSnapshot install) {
			return install(install);
		}
		return true;
	}

	private void append(StorageOp.Append append) {
		check(append.from() >= this.decided.index(), "Entry %d is decided and would be replaced", append.from());
		check(append.from() <= this.accepted, "Entry %d would leave a gap", append.from());
		this.accepted = append.from() + append.entries().size();
	}

	private void decide(StorageOp.SetDecided op) {
		check(op.index() >= this.decided.index(), "Decided index %d would take back what is decided", op.index());
		check(op.index() <= this.accepted, "Decided index %d is beyond the end", op.index());
		this.decided = new Mark(op.index(), op.sessions());
	}

	private boolean trim(StorageOp.Trim op) {
		check(op.index() <= this.decided.index(), "Entries below %d are not all decided and can't be trimmed",
				op.index());
		if (op.index() <= this.compacted.index()) {
			return false;
		}
		this.compacted = new Mark(op.index(), op.sessions());
		this.snapshot = null;
		return true;
	}

	private void stage(StorageOp.StageSnapshot op) {
		SnapshotId id = op.id();
		StoredSnapshot before = this.staged;
		long expected = (before != null && before.id().equals(id)) ? before.size() : 0;
		check(op.offset() == 0 || op.offset() == expected, "Piece %d of a snapshot is not the next", op.offset());
		this.staged = new StoredSnapshot(id, op.offset() + op.data().size());
	}

	private boolean install(StorageOp.InstallSnapshot op) {
		StoredSnapshot installed = this.staged;
		if (installed == null || !installed.id().equals(op.id())) {
			throw new StorageException("%s was not staged and can't be installed".formatted(op.id()), null);
		}
		this.staged = null;
		if (op.id().index() <= this.compacted.index()) {
			return false;
		}
		this.snapshot = installed;
		this.compacted = new Mark(op.id().index(), op.sessions());
		this.accepted = Math.max(this.accepted, this.compacted.index());
		if (this.decided.index() < this.compacted.index()) {
			this.decided = this.compacted;
		}
		return true;
	}

	private void check(boolean holds, String rule, long index) {
		if (!holds) {
			throw new StorageException("%s (compacted %d, decided %d, accepted %d)".formatted(rule.formatted(index),
					this.compacted.index(), this.decided.index(), this.accepted), null);
		}
	}

	/** Returns what the operations applied so far make of the state. */
	public StoredState state() {
		return new StoredState(this.session, this.promise, this.acceptedRound, this.accepted, this.decided.index(),
				this.decided.sessions(), this.compacted.index(), this.compacted.sessions(), this.snapshot,
				this.configuration);
	}

	/** Returns the snapshot that is aside now, as long as it is so far. */
	public @Nullable StoredSnapshot staged() {
		return this.staged;
	}

	/** How far something has come, and each node's last proposal below that. */
	private record Mark(long index, SessionTable sessions) {
	}

}
