package io.omnipaxos.autoconfigure.actuate;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageDecorator;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp;

/**
 * A storage in memory that can be made to fail, as a full disk would, or to hang, as one
 * whose machine is gone.
 */
final class BrokenStorageFactory implements StorageFactory {

	private final StorageFactory memory = new MemoryStorageFactory("broken", 0);

	private volatile boolean broken;

	private volatile CountDownLatch answering = new CountDownLatch(0);

	void breakDown() {
		this.broken = true;
	}

	void hang() {
		this.answering = new CountDownLatch(1);
	}

	void answer() {
		this.answering.countDown();
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
			try {
				BrokenStorageFactory.this.answering.await();
			}
			catch (InterruptedException ex) {
				throw new StorageException("interrupted", ex);
			}
			if (BrokenStorageFactory.this.broken) {
				throw new StorageException("no space left", null);
			}
			super.write(ops);
		}

	}

}
