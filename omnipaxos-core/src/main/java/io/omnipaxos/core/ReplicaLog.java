package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
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

	private final PatientReads reads;

	private final EntryWindow tail;

	private final PendingWrites writes = new PendingWrites();

	private final DurableState durable;

	private final DecidedPrefix decided;

	private final CompactedPrefix compacted;

	private Ballot promise;

	private Ballot acceptedRound;

	private LogIndexes indexes = new LogIndexes(-1, 0, 0, 0, 0);

	ReplicaLog(Storage storage, StoredState stored, Outbox outbox) {
		this.storage = storage;
		this.reads = new PatientReads(storage, outbox);
		this.promise = stored.promise();
		this.acceptedRound = stored.acceptedRound();
		this.decided = new DecidedPrefix(stored.decidedIndex(), stored.decidedSessions());
		this.compacted = new CompactedPrefix(stored);
		this.tail = new EntryWindow(Math.max(stored.compactedIndex(), stored.decidedIndex() - 1));
		loadTail(stored.acceptedIndex());
		this.durable = new DurableState(this.promise, decided(), accepted(), this.compacted);
	}

	/** Loads what is undecided, and one entry before that: it may be a stop-sign. */
	private void loadTail(long acceptedIndex) {
		while (this.tail.end() < acceptedIndex) {
			List<Entry> piece = this.storage.entries(this.tail.end(), acceptedIndex, 1 << 20);
			Invariant.check(!piece.isEmpty(), "The storage has no entry %d, and a log of %d", this.tail.end(),
					acceptedIndex);
			piece.forEach(this.tail::add);
		}
		this.decided.jumpTo(this.decided.index(), this.decided.sessions(), this.tail);
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
		return this.decided.index();
	}

	CompactedPrefix compacted() {
		return this.compacted;
	}

	long undecidedBytes() {
		return this.decided.undecidedBytes();
	}

	/** Size of everything that was ever appended in this life of the replica. */
	long appendedBytes() {
		return this.tail.addedBytes();
	}

	DurableState durable() {
		return this.durable;
	}

	LogPosition position() {
		return new LogPosition(this.acceptedRound, accepted(), decided());
	}

	/** The same object as long as nothing has changed. */
	LogIndexes indexes() {
		LogIndexes now = LogIndexes.of(this.compacted.index(), this.compacted.snapshot(), decided(), accepted());
		this.indexes = now.equals(this.indexes) ? this.indexes : now;
		return this.indexes;
	}

	boolean hasRoom() {
		return this.storage.hasRoom();
	}

	/** Reads what is stored. */
	LogReader reader() {
		return new LogReader(this.storage, this::durableIndexes);
	}

	/** As the last completed write left it. */
	LogIndexes durableIndexes() {
		return this.durable.indexes(durablyDecided());
	}

	/** Whether the storage still has what is compacted here. */
	boolean isCompactionUnwritten() {
		return this.durable.compacted() != this.compacted.index();
	}

	/** How much of the decided prefix is on this node's disk, entry by entry. */
	long durablyDecided() {
		return Math.min(decided(), this.durable.accepted());
	}

	SessionTable sessions() {
		return this.decided.sessions();
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

	/** Returns entries from memory, or from {@link #stored()} where they are gone. */
	List<Entry> entries(long from, long to, long maxBytes) {
		long until = Math.min(to, accepted());
		if (from >= until || from < this.compacted.index()) {
			return List.of();
		}
		return (from >= this.tail.start()) ? this.tail.slice(from, until, maxBytes)
				: this.reads.entries(from, Math.min(until, this.tail.start()), maxBytes);
	}

	/** Whether {@link #entries} finds this one without asking a disk. */
	boolean isInMemory(long index) {
		return index >= this.tail.start() || (index >= this.compacted.index() && this.storage.readsAtOnce());
	}

	/**
	 * Whether somebody whose log ends at an index certainly lacks decided entries of more
	 * than so many bytes. Asks nothing of a disk: those in memory are too many.
	 */
	boolean lacksMoreThan(long bytes, long end) {
		return !isInMemory(end) && this.tail.bytes() - undecidedBytes() > bytes;
	}

	/** Reads what has been stored and can wait. */
	PatientReads stored() {
		return this.reads;
	}

	void startSession(long session, ClusterConfig configuration) {
		this.writes.add(new StorageOp.StartSession(session, configuration));
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
		this.decided.appended(entry);
	}

	/** Makes {@code entries} the log from {@code index} on. */
	void replaceFrom(long index, List<Entry> entries) {
		Invariant.check(index >= decided() && index <= accepted(), "A log of %d, decided %d, can't be cut at %d",
				accepted(), decided(), index);
		if (index < accepted()) {
			this.writes.appendedAt(index);
			long before = this.tail.bytes();
			this.tail.cutAt(index);
			this.decided.removed(before - this.tail.bytes());
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
		Invariant.check(from <= decided(), "Entries from %d leave a gap after %d", from, decided());
		long index = decided();
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
		if (index > accepted()) {
			throw Invariant.broken("%d is decided and only %d is accepted", index, accepted());
		}
		this.decided.growTo(index, this.tail);
	}

	void trim(long index, SessionTable sessionsThere) {
		Invariant.check(index <= decided(), "%d can't be trimmed, %d is decided", index, decided());
		closeWrites();
		this.writes.add(new StorageOp.Trim(index, sessionsThere));
		this.compacted.become(index, sessionsThere, null);
		this.tail.dropBefore(index);
	}

	/** The snapshot that is coming in from another node, or {@code null}. */
	@Nullable SnapshotId incomingSnapshot() {
		SnapshotId staged = this.compacted.staged();
		return (staged != null && staged.index() > decided()) ? staged : null;
	}

	void stageSnapshot(NodeId of, SnapshotId id, long offset, Payload data) {
		this.compacted.stage(of, id, offset, data.size());
		this.writes.add(new StorageOp.StageSnapshot(id, offset, data));
	}

	/** Makes the staged snapshot the beginning of the log. */
	void installSnapshot(StoredSnapshot snapshot, SessionTable sessionsThere) {
		long index = snapshot.id().index();
		closeWrites();
		this.writes.add(new StorageOp.InstallSnapshot(snapshot.id(), sessionsThere));
		this.compacted.become(index, sessionsThere, snapshot);
		if (index > accepted()) {
			this.tail.restartAt(index);
		}
		this.tail.dropBefore(index);
		if (index > decided()) {
			// What is on the disk up to there may be other entries than those decided.
			this.durable.cutAt(decided());
			this.decided.jumpTo(index, sessionsThere, this.tail);
		}
	}

	private void closeWrites() {
		this.writes.closeAppends(this.tail);
		if (this.durable.decidedLags(decided())) {
			this.writes.add(new StorageOp.SetDecided(decided(), sessions()));
		}
	}

	/** Asks for the decided index to be written even if nothing else is. */
	void forceDecided() {
		this.durable.forceDecided();
	}

	/**
	 * Where there is no room, nothing may come that the decided index could be written
	 * with, and making room waits for it.
	 */
	boolean hasWrites() {
		return !this.writes.isEmpty() || this.durable.mustWriteDecided(decided())
				|| (this.durable.decidedLags(decided()) && !hasRoom());
	}

	List<StorageOp> takeWrites() {
		if (!hasWrites()) {
			this.durable.writingNothing();
			return List.of();
		}
		List<StorageOp> ops = this.writes.take(this.tail);
		if (this.durable.decidedLags(decided())) {
			ops.add(new StorageOp.SetDecided(decided(), sessions()));
		}
		this.durable.writing(this.promise, decided());
		return ops;
	}

	/** What was taken last is durable. Returns whether that was anything. */
	boolean written() {
		return this.durable.written(accepted(), this.compacted);
	}

	/** Forgets what is decided, on the disk and delivered, beyond the limits. */
	void evict(long delivered, long maxCachedBytes) {
		long evictable = Math.min(Math.min(delivered, durablyDecided()), accepted() - 1);
		long mostEntries = accepted() - decided() + Limits.MOST_CACHED_ENTRIES;
		this.tail.dropUntilFits(evictable, mostEntries, undecidedBytes() + maxCachedBytes);
	}

}
