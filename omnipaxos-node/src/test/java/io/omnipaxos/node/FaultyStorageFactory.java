package io.omnipaxos.node;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageDecorator;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp;
import org.jspecify.annotations.Nullable;

/** Storages in memory that fail, or take their time, when they are told to. */
final class FaultyStorageFactory implements StorageFactory {

	private static final String ANY = "*";

	private final StorageFactory delegate = new MemoryStorageFactory("faulty", 0);

	private final Map<String, String> writeFaults = new ConcurrentHashMap<>();

	private final Map<String, String> openFaults = new ConcurrentHashMap<>();

	private final Set<String> open = ConcurrentHashMap.newKeySet();

	private volatile @Nullable StorageException readFault;

	private final AtomicInteger failedReads = new AtomicInteger();

	private final Gate writes = new Gate();

	private final Gate reads = new Gate();

	void failWrites(String reason) {
		failWritesOf(ANY, reason);
	}

	void failWritesOf(String log, String reason) {
		this.writeFaults.put(log, reason);
	}

	/** Where every write passes. */
	Gate writes() {
		return this.writes;
	}

	/** Where every read passes. */
	Gate reads() {
		return this.reads;
	}

	void failReads(StorageException fault) {
		this.readFault = fault;
	}

	int failedReads() {
		return this.failedReads.get();
	}

	void failOpening(String log, String reason) {
		this.openFaults.put(log, reason);
	}

	void heal() {
		this.writeFaults.clear();
		this.openFaults.clear();
		this.readFault = null;
	}

	Set<String> open() {
		return this.open;
	}

	@Override
	public String storageId() {
		return this.delegate.storageId();
	}

	@Override
	public Storage open(String log) {
		throwIf(this.openFaults.get(log));
		this.open.add(log);
		return new FaultyStorage(log, this.delegate.open(log));
	}

	@Override
	public Optional<String> peerStorageId(NodeId peer) {
		return this.delegate.peerStorageId(peer);
	}

	@Override
	public void rememberPeer(NodeId peer, String storageId) {
		this.delegate.rememberPeer(peer, storageId);
	}

	@Override
	public void close() {
		this.delegate.close();
	}

	private static void throwIf(@Nullable String fault) {
		if (fault != null && !fault.isEmpty()) {
			throw new StorageException(fault, null);
		}
	}

	/** Lets nobody pass from {@link #hold()} to {@link #release()}, by one thread. */
	static final class Gate {

		private final ReentrantLock lock = new ReentrantLock();

		void hold() {
			this.lock.lock();
		}

		boolean isHolding() {
			return this.lock.hasQueuedThreads();
		}

		void release() {
			this.lock.unlock();
		}

		private void pass() {
			this.lock.lock();
			this.lock.unlock();
		}

	}

	private final class FaultyStorage extends StorageDecorator {

		private final String log;

		FaultyStorage(String log, Storage storage) {
			super(storage);
			this.log = log;
		}

		@Override
		public void write(List<StorageOp> ops) {
			FaultyStorageFactory.this.writes.pass();
			throwIf(FaultyStorageFactory.this.writeFaults.get(ANY));
			throwIf(FaultyStorageFactory.this.writeFaults.get(this.log));
			super.write(ops);
		}

		@Override
		public boolean readsAtOnce() {
			return false;
		}

		@Override
		public List<Entry> entries(long from, long to, long maxBytes) {
			FaultyStorageFactory.this.reads.pass();
			failIfToldTo();
			return super.entries(from, to, maxBytes);
		}

		@Override
		public Payload snapshot(SnapshotId id, long offset, int maxBytes) {
			FaultyStorageFactory.this.reads.pass();
			failIfToldTo();
			return super.snapshot(id, offset, maxBytes);
		}

		private void failIfToldTo() {
			StorageException fault = FaultyStorageFactory.this.readFault;
			if (fault != null) {
				FaultyStorageFactory.this.failedReads.incrementAndGet();
				throw fault;
			}
		}

		@Override
		public void close() {
			FaultyStorageFactory.this.open.remove(this.log);
			super.close();
		}

	}

}
