package io.omnipaxos.core.storage;

import java.util.List;
import java.util.Objects;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;

/**
 * A storage that passes every call on to another one: for those who change some of them.
 */
public abstract class StorageDecorator implements Storage {

	private final Storage storage;

	/**
	 * Creates a storage.
	 * @param storage storage that is called
	 */
	protected StorageDecorator(Storage storage) {
		this.storage = Objects.requireNonNull(storage);
	}

	@Override
	public StoredState load() {
		return this.storage.load();
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
	public boolean readsAtOnce() {
		return this.storage.readsAtOnce();
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
	public void endPatience() {
		this.storage.endPatience();
	}

	@Override
	public void close() {
		this.storage.close();
	}

}
