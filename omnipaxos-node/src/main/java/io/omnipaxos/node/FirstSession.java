package io.omnipaxos.node;

import java.util.List;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StoredState;

/**
 * Begins the sessions of a new storage where those of a storage that it may replace have
 * not been: with the time. If the node has lost its data, it would else count the same
 * sessions again, and take decided entries of its former life for its own appends.
 */
final class FirstSession implements Storage {

	private final Storage storage;

	private final long session;

	/**
	 * Creates a storage.
	 * @param storage storage to use
	 * @param session what to take for the last session when there was none
	 */
	FirstSession(Storage storage, long session) {
		this.storage = storage;
		this.session = session;
	}

	@Override
	public StoredState load() {
		StoredState stored = this.storage.load();
		if (stored.session() > 0) {
			return stored;
		}
		return new StoredState(this.session, stored.promise(), stored.acceptedRound(), stored.acceptedIndex(),
				stored.decidedIndex(), stored.decidedSessions(), stored.compactedIndex(), stored.compactedSessions(),
				stored.snapshot());
	}

	@Override
	public void write(List<StorageOp> ops) {
		this.storage.write(ops);
	}

	@Override
	public boolean hasRoom() {
		return this.storage.hasRoom();
	}

	@Override
	public List<Entry> entries(long from, long to, long maxBytes) {
		return this.storage.entries(from, to, maxBytes);
	}

	@Override
	public Payload snapshot(SnapshotId id, long offset, int maxBytes) {
		return this.storage.snapshot(id, offset, maxBytes);
	}

	@Override
	public void close() {
		this.storage.close();
	}

}
