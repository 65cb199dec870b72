package io.omnipaxos.autoconfigure.actuate;

import java.util.List;
import java.util.Optional;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StoredState;

/** A storage in memory that can be made to fail, as a full disk would. */
final class BrokenStorageFactory implements StorageFactory {

	private final StorageFactory memory = new MemoryStorageFactory("broken", 0);

	private volatile boolean broken;

	void breakDown() {
		this.broken = true;
	}

	@Override
	public String storageId() {
		return this.memory.storageId();
	}

	@Override
	public Storage open(String log) {
		return new BrokenStorage(this.memory.open(log));
	}

	@Override
	public Optional<String> peerStorageId(NodeId peer) {
		return this.memory.peerStorageId(peer);
	}

	@Override
	public void rememberPeer(NodeId peer, String storageId) {
		this.memory.rememberPeer(peer, storageId);
	}

	@Override
	public void close() {
		this.memory.close();
	}

	private final class BrokenStorage implements Storage {

		private final Storage memory;

		BrokenStorage(Storage memory) {
			this.memory = memory;
		}

		@Override
		public StoredState load() {
			return this.memory.load();
		}

		@Override
		public void write(List<StorageOp> ops) {
			if (BrokenStorageFactory.this.broken) {
				throw new StorageException("no space left", null);
			}
			this.memory.write(ops);
		}

		@Override
		public List<Entry> entries(long from, long to, long maxBytes) {
			return this.memory.entries(from, to, maxBytes);
		}

		@Override
		public Payload snapshot(SnapshotId id, long offset, int maxBytes) {
			return this.memory.snapshot(id, offset, maxBytes);
		}

		@Override
		public void close() {
			this.memory.close();
		}

	}

}
