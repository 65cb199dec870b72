package io.omnipaxos.storage.rocksdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import io.omnipaxos.core.storage.StorageException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A RocksDB database and its three column families. Native code that is used after it was
 * closed ends the process, so whatever uses it holds a lock: the last to leave closes it.
 */
final class RocksDbDatabase implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(RocksDbDatabase.class);

	private static final long WAL_BYTES = 64L << 20;

	private static final long ENTRY_BUFFER_BYTES = 16L << 20;

	private static final long WRITE_BACK_BYTES = 512L << 10;

	private static final long INFO_LOG_BYTES = 16L << 20;

	private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

	private static final List<String> FAMILIES = List.of("default", "entries", "snapshots");

	static {
		RocksDB.loadLibrary();
	}

	private final DBOptions options;

	private final FailStop failStop;

	private final ColumnFamilyOptions familyOptions;

	private final WriteOptions synced;

	private final RocksDB db;

	private final List<ColumnFamilyHandle> families;

	private final ReadWriteLock use = new ReentrantReadWriteLock();

	/** Whether nobody may use it any more. */
	private volatile boolean closing;

	private boolean closed;

	private RocksDbDatabase(DBOptions options, FailStop failStop, ColumnFamilyOptions familyOptions, Path directory)
			throws RocksDBException {
		this.options = options;
		this.failStop = failStop;
		this.familyOptions = familyOptions;
		this.families = new ArrayList<>();
		List<ColumnFamilyDescriptor> descriptors = FAMILIES.stream()
			.map((name) -> new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.UTF_8), familyOptions))
			.toList();
		this.db = RocksDB.open(options, directory.toString(), descriptors, this.families);
		this.synced = new WriteOptions().setSync(true);
	}

	/** Opens a database, and creates it if there is none. */
	static RocksDbDatabase open(Path directory) {
		WriteAheadLog.check(directory);
		FailStop failStop = new FailStop();
		DBOptions options = new DBOptions().setCreateIfMissing(true)
			.setListeners(List.of(failStop))
			.setCreateMissingColumnFamilies(true)
			// A log file used again needs no growing: a sync writes no metadata. One is
			// free again with each flush, if that is of all families.
			.setRecycleLogFileNum(4)
			.setAtomicFlush(true)
			.setMaxTotalWalSize(WAL_BYTES)
			// Where flushes pass through the page cache: else all that one writes waits
			// for one sync, and appends for that.
			.setBytesPerSync(WRITE_BACK_BYTES)
			// What it says about its work would else grow for as long as the node runs.
			.setKeepLogFileNum(2)
			.setMaxLogFileSize(INFO_LOG_BYTES)
			.setStatsDumpPeriodSec(0);
		ColumnFamilyOptions familyOptions = new ColumnFamilyOptions().setWriteBufferSize(ENTRY_BUFFER_BYTES)
			.setCompressionType(CompressionType.NO_COMPRESSION);
		try {
			Files.createDirectories(directory);
			return open(options, failStop, familyOptions, directory);
		}
		catch (IOException | RocksDBException ex) {
			familyOptions.close();
			options.close();
			failStop.close();
			throw new StorageException("The RocksDB directory %s can't be opened: %s".formatted(directory, ex), ex);
		}
	}

	/** The sync of a log file would write out what a flush has in the page cache. */
	private static RocksDbDatabase open(DBOptions options, FailStop failStop, ColumnFamilyOptions familyOptions,
			Path directory) throws RocksDBException {
		try {
			options.setUseDirectIoForFlushAndCompaction(true);
			return new RocksDbDatabase(options, failStop, familyOptions, directory);
		}
		catch (RocksDBException ex) {
			if (!isWithoutDirectWrites(ex)) {
				throw ex;
			}
			logger.info("RocksDB flushes through the page cache, as the file system of {} has no other way: {}",
					directory, ex.getMessage());
			options.setUseDirectIoForFlushAndCompaction(false);
			return new RocksDbDatabase(options, failStop, familyOptions, directory);
		}
	}

	/** RocksDB tries it first of all, and has no code of its own for what it found. */
	private static boolean isWithoutDirectWrites(RocksDBException ex) {
		return String.valueOf(ex.getMessage()).contains("Direct I/O is not supported");
	}

	ColumnFamilyHandle logs() {
		return this.families.get(0);
	}

	ColumnFamilyHandle entries() {
		return this.families.get(1);
	}

	ColumnFamilyHandle snapshots() {
		return this.families.get(2);
	}

	byte @Nullable [] get(byte[] key) {
		Lock lock = lockOpen();
		try {
			return this.db.get(logs(), key);
		}
		catch (RocksDBException ex) {
			throw failure("read", ex);
		}
		finally {
			leave(lock);
		}
	}

	/** Writes a batch; it is on the disk when this returns. */
	void write(Filling filling) {
		Lock lock = lockOpen();
		try (WriteBatch batch = new WriteBatch()) {
			filling.fill(batch);
			this.db.write(this.synced, batch);
		}
		catch (RocksDBException ex) {
			throw failure("written", ex);
		}
		finally {
			leave(lock);
		}
	}

	/** Reads with an iterator, over what some completed write left. */
	<T> T iterate(ColumnFamilyHandle family, Reading<T> reading) {
		Lock lock = lockOpen();
		try (RocksIterator iterator = this.db.newIterator(family)) {
			T read = reading.read(iterator);
			iterator.status();
			return read;
		}
		catch (RocksDBException ex) {
			throw failure("read", ex);
		}
		finally {
			leave(lock);
		}
	}

	private Lock lockOpen() {
		Lock lock = this.use.readLock();
		lock.lock();
		if (this.closing) {
			leave(lock);
			throw new StorageException("RocksDB is closed", null);
		}
		return lock;
	}

	private static StorageException failure(String done, RocksDBException cause) {
		return new StorageException("RocksDB can't be %s: %s".formatted(done, cause.getMessage()), cause);
	}

	private void leave(Lock lock) {
		lock.unlock();
		if (this.closing) {
			close(Duration.ZERO);
		}
	}

	/** A disk that does not answer must not keep the process from ending. */
	@Override
	public void close() {
		if (!close(CLOSE_PATIENCE)) {
			logger.error(
					"RocksDB is still at work {} after it was to be closed, and is left open until it has done that",
					CLOSE_PATIENCE);
		}
	}

	/**
	 * Lets nobody in any more, and waits for those who are at work.
	 * @return whether it is closed; if not, the last of them closes it
	 */
	boolean close(Duration patience) {
		this.closing = true;
		Lock lock = this.use.writeLock();
		if (!lockWithin(patience, lock)) {
			return false;
		}
		try {
			if (!this.closed) {
				this.closed = true;
				this.families.forEach(ColumnFamilyHandle::close);
				this.db.close();
				this.synced.close();
				this.familyOptions.close();
				this.options.close();
				this.failStop.close();
			}
			return true;
		}
		finally {
			lock.unlock();
		}
	}

	private static boolean lockWithin(Duration patience, Lock lock) {
		try {
			return lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return lock.tryLock();
		}
	}

	/** Puts changes into a batch. */
	@FunctionalInterface
	interface Filling {

		void fill(WriteBatch batch) throws RocksDBException;

	}

	/**
	 * Takes something from an iterator.
	 *
	 * @param <T> what is taken
	 */
	@FunctionalInterface
	interface Reading<T> {

		T read(RocksIterator iterator) throws RocksDBException;

	}

}
