package io.omnipaxos.autoconfigure.actuate;

import java.util.List;
import java.util.Optional;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageDecorator;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp;

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

	private final class BrokenStorage extends StorageDecorator {

		BrokenStorage(Storage memory) {
			super(memory);
		}

		@Override
		public void write(List<StorageOp> ops) {
			if (BrokenStorageFactory.this.broken) {
				throw new StorageException("no space left", null);
			}
			super.write(ops);
		}

	}

}
