package io.omnipaxos.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StoredSnapshot;
import io.omnipaxos.core.storage.StoredState;
import org.jspecify.annotations.Nullable;

/**
 * The log's bookkeeping: what is promised, accepted, decided and compacted, what of that
 * is durable, and the entries. Changes take effect at once and are gathered for the next
 * write; nothing but this class knows the storage.
 */
final class ReplicaLog {

	private final Storage storage;

	private final EntryWindow tail;

	private final PendingWrites writes = new PendingWrites();

	private final DurableState durable;

	private Ballot promise;

	private Ballot acceptedRound;

	private long decided;

	/** Bytes of the entries at or above {@link #decided}. */
	private long undecidedBytes;

	/** Last proposal of each node below {@link #decided}. */
	private final Map<NodeId, ProposalId> sessions;

	private Compacted compacted;

	/** How much of a snapshot, of this node or another, was put aside. */
	private @Nullable Staged staged;

	/** How far the log is in the storage. */
	private LogIndexes stored;

	ReplicaLog(Storage storage, StoredState stored) {
		this.storage = storage;
		this.promise = stored.promise();
		this.acceptedRound = stored.acceptedRound();
		this.decided = stored.decidedIndex();
		this.sessions = new HashMap<>(stored.decidedSessions().last());
		this.compacted = new Compacted(stored.compactedIndex(), stored.compactedSessions(), stored.snapshot());
		this.durable = new DurableState(stored.promise(), stored.acceptedIndex(), stored.decidedIndex());
		this.tail = new EntryWindow(Math.max(stored.compactedIndex(), stored.decidedIndex() - 1));
		loadTail(stored.acceptedIndex());
		this.stored = indexes();
	}

	private void loadTail(long acceptedIndex) {
		while (this.tail.end() < acceptedIndex) {
			List<Entry> piece = this.storage.entries(this.tail.end(), acceptedIndex, 1 << 20);
			Invariant.check(!piece.isEmpty(), "The storage has no entry %d, and a log of %d", this.tail.end(),
					acceptedIndex);
			piece.forEach(this.tail::add);
		}
		countUndecidedBytes();
	}

	Ballot promise() {
		return this.promise;
	}

	Ballot acceptedRound() {
		return this.acceptedRound;
	}

	/** Whether this node has adopted the log of the leader that it obeys. */
	boolean isInStep() {
		return this.acceptedRound.equals(this.promise) && !this.promise.equals(Ballot.NONE);
	}

	long accepted() {
		return this.tail.end();
	}

	long decided() {
		return this.decided;
	}

	Compacted compacted() {
		return this.compacted;
	}

	long undecidedBytes() {
		return this.undecidedBytes;
	}

	DurableState durable() {
		return this.durable;
	}

	LogPosition position() {
		return new LogPosition(this.acceptedRound, accepted(), this.decided);
	}

	LogIndexes indexes() {
		StoredSnapshot snapshot = this.compacted.snapshot();
		return new LogIndexes((snapshot != null) ? snapshot.id().base() : -1, (snapshot != null) ? snapshot.size() : 0,
				this.compacted.index(), this.decided, accepted());
	}

	/** Reads what is stored. */
	LogReader reader() {
		return new LogReader(new StorageSource(this.storage), () -> this.stored);
	}

	/** Whether the storage still has what is compacted here. */
	boolean isCompactionUnwritten() {
		return this.stored.compacted() != this.compacted.index();
	}

	/** How much of the decided prefix is on this node's disk, entry by entry. */
	long durablyDecided() {
		return Math.min(this.decided, this.durable.accepted());
	}

	SessionTable sessions() {
		return new SessionTable(this.sessions);
	}

	/** The stop-sign, decided or not: always the last entry. */
	Entry.@Nullable StopSign stopSign() {
		return (!this.tail.isEmpty() && this.tail.get(accepted() - 1) instanceof Entry.StopSign stopSign) ? stopSign
				: null;
	}

	/** Returns an entry that is undecided, or was until the last write. */
	Entry recent(long index) {
		return this.tail.get(index);
	}

	/**
	 * Returns entries from memory, or from the storage where they are no longer there.
	 */
	List<Entry> entries(long from, long to, long maxBytes) {
		long until = Math.min(to, accepted());
		if (from >= until || from < this.compacted.index()) {
			return List.of();
		}
		return (from >= this.tail.start()) ? this.tail.slice(from, until, maxBytes)
				: this.storage.entries(from, Math.min(until, this.tail.start()), maxBytes);
	}

	Payload snapshotPiece(SnapshotId id, long offset, int maxBytes) {
		return this.storage.snapshot(id, offset, maxBytes);
	}

	void startSession(long session) {
		this.writes.add(new StorageOp.StartSession(session));
	}

	void promise(Ballot ballot) {
		Invariant.check(ballot.isHigherThan(this.promise), "%s is promised and %s is not higher", this.promise, ballot);
		this.promise = ballot;
		this.writes.promise(ballot);
	}

	void acceptRound(Ballot ballot) {
		Invariant.check(ballot.equals(this.promise), "Only the promised %s can be accepted, not %s", this.promise,
				ballot);
		this.acceptedRound = ballot;
		this.writes.acceptedRound(ballot);
	}

	void append(Entry entry) {
		this.writes.appendedAt(accepted());
		this.tail.add(entry);
		this.undecidedBytes += entry.size();
	}

	/** Makes {@code entries} the log from {@code index} on. */
	void replaceFrom(long index, List<Entry> entries) {
		Invariant.check(index >= this.decided && index <= accepted(), "A log of %d, decided %d, can't be cut at %d",
				accepted(), this.decided, index);
		if (index < accepted()) {
			this.writes.appendedAt(index);
			long before = this.tail.bytes();
			this.tail.cutAt(index);
			this.undecidedBytes -= before - this.tail.bytes();
			this.durable.cutAt(index);
		}
		entries.forEach(this::append);
	}

	/**
	 * Takes decided entries from anywhere. Those that agree with the log leave it alone;
	 * it is cut at the first that differs.
	 */
	void takeDecided(long from, List<Entry> entries) {
		long end = from + entries.size();
		Invariant.check(from <= this.decided, "Entries from %d leave a gap after %d", from, this.decided);
		long index = this.decided;
		while (index < Math.min(end, accepted()) && this.tail.get(index).equals(entries.get((int) (index - from)))) {
			index++;
		}
		if (index < end) {
			replaceFrom(index, entries.subList((int) (index - from), entries.size()));
		}
		decide(end);
	}

	/** Raises the decided index; a lower one than before changes nothing. */
	void decide(long index) {
		Invariant.check(index <= accepted(), "%d is decided and only %d is accepted", index, accepted());
		for (long i = this.decided; i < index; i++) {
			Entry entry = this.tail.get(i);
			this.sessions.put(entry.id().pid(), entry.id());
			this.undecidedBytes -= entry.size();
		}
		this.decided = Math.max(this.decided, index);
	}

	void trim(long index, SessionTable sessionsThere) {
		Invariant.check(index <= this.decided, "%d can't be trimmed, %d is decided", index, this.decided);
		closeWrites();
		this.writes.add(new StorageOp.Trim(index, sessionsThere));
		this.compacted = new Compacted(index, sessionsThere, null);
		this.tail.dropBefore(index);
	}

	/** Returns how many bytes of a snapshot were put aside. */
	long stagedBytes(SnapshotId id) {
		return (this.staged != null && this.staged.id().equals(id)) ? this.staged.bytes() : 0;
	}

	/** The snapshot that is coming in from another node, or {@code null}. */
	@Nullable SnapshotId incomingSnapshot() {
		return (this.staged != null && this.staged.id().index() > this.decided) ? this.staged.id() : null;
	}

	void stageSnapshot(SnapshotId id, long offset, Payload data) {
		Invariant.check(offset == 0 || offset == stagedBytes(id), "%d bytes of %s are aside, and not %d",
				stagedBytes(id), id, offset);
		this.staged = new Staged(id, offset + data.size());
		this.writes.add(new StorageOp.StageSnapshot(id, offset, data));
	}

	/** Makes the staged snapshot the beginning of the log. */
	void installSnapshot(StoredSnapshot snapshot, SessionTable sessionsThere) {
		long index = snapshot.id().index();
		closeWrites();
		this.writes.add(new StorageOp.InstallSnapshot(snapshot.id(), sessionsThere));
		this.compacted = new Compacted(index, sessionsThere, snapshot);
		this.staged = null;
		if (index > this.decided) {
			this.decided = index;
			this.sessions.clear();
			this.sessions.putAll(sessionsThere.last());
		}
		if (index > accepted()) {
			this.tail.restartAt(index);
		}
		this.tail.dropBefore(index);
		countUndecidedBytes();
	}

	private void countUndecidedBytes() {
		this.undecidedBytes = 0;
		for (long index = this.decided; index < accepted(); index++) {
			this.undecidedBytes += this.tail.get(index).size();
		}
	}

	private void closeWrites() {
		this.writes.closeAppends(this.tail);
		if (this.durable.decidedLags(this.decided)) {
			this.writes.add(new StorageOp.SetDecided(this.decided, sessions()));
		}
	}

	/** Asks for the decided index to be written even if nothing else is. */
	void forceDecided() {
		this.durable.forceDecided(this.decided);
	}

	boolean hasWrites() {
		return !this.writes.isEmpty() || this.durable.mustWriteDecided(this.decided);
	}

	List<StorageOp> takeWrites() {
		if (!hasWrites()) {
			return List.of();
		}
		List<StorageOp> ops = this.writes.take(this.tail);
		if (this.durable.decidedLags(this.decided)) {
			ops.add(new StorageOp.SetDecided(this.decided, sessions()));
		}
		this.durable.writing(this.promise, accepted(), this.decided);
		return ops;
	}

	/** What was taken last is durable. */
	void written() {
		this.durable.written();
		this.stored = indexes();
	}

	/**
	 * Forgets decided entries that are on the disk and were delivered, beyond the limit.
	 */
	void evict(long delivered, long maxCachedBytes) {
		long evictable = Math.min(delivered, durablyDecided());
		this.tail.dropUntilFits(Math.min(evictable, accepted() - 1), this.undecidedBytes + maxCachedBytes);
	}

	/**
	 * What was compacted away.
	 *
	 * @param index first index that is kept
	 * @param sessions session table at that index
	 * @param snapshot snapshot of what was compacted, or {@code null} when it was trimmed
	 */
	record Compacted(long index, SessionTable sessions, @Nullable StoredSnapshot snapshot) {

		/** First index that the snapshot covers, or would cover. */
		long base() {
			return (this.snapshot != null) ? this.snapshot.id().base() : this.index;
		}

	}

	/** A snapshot of which this many bytes were put aside. */
	private record Staged(SnapshotId id, long bytes) {
	}

	private record StorageSource(Storage storage) implements LogReader.Source {

		@Override
		public List<Entry> entries(long from, long to, long maxBytes) {
			return this.storage.entries(from, to, maxBytes);
		}

		@Override
		public Payload snapshot(SnapshotId id, long offset, int maxBytes) {
			return this.storage.snapshot(id, offset, maxBytes);
		}

	}

}
