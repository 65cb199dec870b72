package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageDecorator;
import io.omnipaxos.core.storage.StorageUnavailableException;

/** A storage that has room, and can be read, as a test says. */
final class ToldStorage extends StorageDecorator {

	/** Whether it has no room. */
	boolean full;

	/** Whether it counts as one whose reads wait for nothing. */
	boolean readsAtOnce;

	/** Whether it can't be read. */
	boolean away;

	/** How often that was tried. */
	int readsInVain;

	ToldStorage(Storage storage) {
		super(storage);
	}

	@Override
	public boolean hasRoom() {
		return !this.full;
	}

	@Override
	public boolean readsAtOnce() {
		return this.readsAtOnce;
	}

	@Override
	public List<Entry> entries(long from, long to, long maxBytes) {
		read();
		return super.entries(from, to, maxBytes);
	}

	@Override
	public Payload snapshot(SnapshotId id, long offset, int maxBytes) {
		read();
		return super.snapshot(id, offset, maxBytes);
	}

	private void read() {
		if (this.away) {
			this.readsInVain++;
			throw new StorageUnavailableException("no connection to be had", null);
		}
	}

}
