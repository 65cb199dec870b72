package io.omnipaxos.node;

import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.LogSource;
import io.omnipaxos.core.storage.Storage;

/**
 * Lets any thread read a storage, and sees to it that none does any more when it is
 * closed.
 */
final class StoredLog implements LogSource, AutoCloseable {

	private final Storage storage;

	private final ReadWriteLock lock = new ReentrantReadWriteLock();

	private boolean closed;

	StoredLog(Storage storage) {
		this.storage = storage;
	}

	@Override
	public List<Entry> entries(long from, long to, long maxBytes) {
		return read(() -> this.storage.entries(from, to, maxBytes));
	}

	@Override
	public Payload snapshot(SnapshotId id, long offset, int maxBytes) {
		return read(() -> this.storage.snapshot(id, offset, maxBytes));
	}

	private <R> R read(Supplier<R> reading) {
		this.lock.readLock().lock();
		try {
			if (this.closed) {
				throw new ReplicaStoppedException("The storage of this log is closed");
			}
			return reading.get();
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	/** Has nothing tried again that fails, as the log is about to be closed. */
	void endPatience() {
		this.storage.endPatience();
	}

	/** Waits for reads that are under way, and closes the storage. */
	@Override
	public void close() {
		this.lock.writeLock().lock();
		try {
			if (!this.closed) {
				this.closed = true;
				this.storage.close();
			}
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

}
