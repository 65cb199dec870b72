package io.omnipaxos.test.storage;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.core.storage.StorageOp.InstallSnapshot;
import io.omnipaxos.core.storage.StorageOp.SetDecided;
import io.omnipaxos.core.storage.StorageOp.SetPromise;
import io.omnipaxos.core.storage.StorageOp.StageSnapshot;
import io.omnipaxos.core.storage.StorageOp.Trim;
import io.omnipaxos.core.storage.StoredSnapshot;
import io.omnipaxos.core.storage.StoredState;
import org.jspecify.annotations.Nullable;

import static io.omnipaxos.test.storage.StorageSamples.ballot;
import static io.omnipaxos.test.storage.StorageSamples.bytes;
import static io.omnipaxos.test.storage.StorageSamples.command;
import static io.omnipaxos.test.storage.StorageSamples.sessions;

/**
 * A log that draws changes and makes them in the most obvious way, to compare a storage
 * with. Made from the same seed, it draws the same changes. For one thread.
 */
public final class NaiveLog {

	private final Random random;

	private final TreeMap<Long, Entry> entries = new TreeMap<>();

	private Ballot promise = Ballot.NONE;

	private long accepted;

	private long decided;

	private SessionTable decidedSessions = SessionTable.EMPTY;

	private long compacted;

	private SessionTable compactedSessions = SessionTable.EMPTY;

	private @Nullable SnapshotId snapshotId;

	private Payload snapshot = Payload.EMPTY;

	private long number;

	/**
	 * Creates an empty log.
	 * @param seed what the changes are drawn from
	 */
	public NaiveLog(long seed) {
		this.random = new Random(seed);
	}

	/** Draws a change and makes it; a snapshot takes two operations. */
	public List<StorageOp> change() {
		this.number++;
		return switch (this.random.nextInt(10)) {
			case 0 -> List.of(append(this.decided + this.random.nextLong(this.accepted - this.decided + 1)));
			case 1 -> List.of(trim(this.compacted + this.random.nextLong(this.decided - this.compacted + 1)));
			case 2 -> takeSnapshot(this.compacted + 1 + this.random.nextLong(this.accepted - this.compacted + 5));
			case 3, 4 -> List.of(decide(this.decided + this.random.nextLong(this.accepted - this.decided + 1)));
			case 5 -> List.of(setPromise());
			default -> List.of(append(this.accepted));
		};
	}

	private StorageOp append(long from) {
		int largest = (this.random.nextInt(20) == 0) ? 300_000 : 300;
		List<Entry> appended = this.random.ints(this.random.nextInt(30), 0, largest)
			.mapToObj((size) -> command(this.number, bytes(size, size)))
			.toList();
		this.entries.tailMap(from, true).clear();
		for (int i = 0; i < appended.size(); i++) {
			this.entries.put(from + i, appended.get(i));
		}
		this.accepted = from + appended.size();
		return new Append(from, appended);
	}

	private StorageOp decide(long index) {
		this.decided = index;
		this.decidedSessions = sessions(this.number, 1, 2);
		return new SetDecided(index, this.decidedSessions);
	}

	private StorageOp setPromise() {
		this.promise = ballot(this.number);
		return new SetPromise(this.promise);
	}

	private StorageOp trim(long index) {
		SessionTable table = sessions(this.number, 3);
		if (index > this.compacted) {
			compact(index, table);
			this.snapshotId = null;
			this.snapshot = Payload.EMPTY;
		}
		return new Trim(index, table);
	}

	private List<StorageOp> takeSnapshot(long index) {
		SessionTable table = sessions(this.number, 3);
		this.snapshotId = new SnapshotId(this.compacted, index);
		this.snapshot = bytes(this.random.nextInt(2_000), this.number);
		compact(index, table);
		this.accepted = Math.max(this.accepted, index);
		if (this.decided < index) {
			this.decided = index;
			this.decidedSessions = table;
		}
		return List.of(new StageSnapshot(this.snapshotId, 0, this.snapshot),
				new InstallSnapshot(this.snapshotId, table));
	}

	private void compact(long index, SessionTable table) {
		this.entries.headMap(index).clear();
		this.compacted = index;
		this.compactedSessions = table;
	}

	/** Returns the first index whose entry is kept. */
	public long compacted() {
		return this.compacted;
	}

	/** Returns the entries that are kept. */
	public List<Entry> entries() {
		return List.copyOf(this.entries.values());
	}

	/** Returns what the snapshot is of, or {@code null} when there is none. */
	public @Nullable SnapshotId snapshotId() {
		return this.snapshotId;
	}

	/** Returns the snapshot, no bytes when there is none. */
	public Payload snapshot() {
		return this.snapshot;
	}

	/** Returns what a storage should have stored. */
	public StoredState state() {
		StoredSnapshot stored = (this.snapshotId != null) ? new StoredSnapshot(this.snapshotId, this.snapshot.size())
				: null;
		return new StoredState(0, this.promise, Ballot.NONE, this.accepted, this.decided, this.decidedSessions,
				this.compacted, this.compactedSessions, stored, null);
	}

}
