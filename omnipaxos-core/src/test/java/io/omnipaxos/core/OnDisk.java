package io.omnipaxos.core;

import io.omnipaxos.core.storage.MemoryStorage;
import io.omnipaxos.core.storage.StorageDecorator;

/** A storage in memory that is not to be read as if it were. */
final class OnDisk extends StorageDecorator {

	OnDisk(MemoryStorage storage) {
		super(storage);
	}

	@Override
	public boolean readsAtOnce() {
		return false;
	}

}
