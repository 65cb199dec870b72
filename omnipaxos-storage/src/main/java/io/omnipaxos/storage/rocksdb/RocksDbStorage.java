package io.omnipaxos.storage.rocksdb;

import java.util.List;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StoredSnapshot;
import io.omnipaxos.core.storage.StoredState;
import io.omnipaxos.storage.format.EntryBlock;
import io.omnipaxos.storage.format.EntryGatherer;
import io.omnipaxos.storage.format.ReadableLog;
import io.omnipaxos.storage.format.SnapshotChunk;
import io.omnipaxos.storage.format.SnapshotPiece;
import io.omnipaxos.storage.format.WritePlan;
import io.omnipaxos.storage.format.WritePlan.SnapshotChange;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * A log in RocksDB. A write is one synced write batch; entries stand in blocks, as many
 * together as were written together, under the index of the first. Thread-safe as
 * {@link Storage} says.
 */
public final class RocksDbStorage implements Storage {

	private static final int BLOCK_BYTES = 256 * 1024;

	private final RocksDbDatabase database;

	private final String name;

	private final int logId;

	private final ReadableLog log;

	private final Runnable onClose;

	private @Nullable StoredSnapshot staged;

	RocksDbStorage(RocksDbDatabase database, LogRecord log, Runnable onClose) {
		this.database = database;
		this.name = log.name();
		this.logId = log.logId();
		this.log = new ReadableLog(log.name(), log.header());
		this.onClose = onClose;
	}

	@Override
	public StoredState load() {
		return this.log.header().state();
	}

	@Override
	public void write(List<StorageOp> ops) {
		WritePlan plan = WritePlan.of(this.log.header(), this.staged, ops);
		this.log.change(plan.after(), () -> this.database.write((batch) -> fill(batch, plan)));
		this.staged = plan.staged();
	}

	private void fill(WriteBatch batch, WritePlan plan) throws RocksDBException {
		if (plan.dropBefore() > 0) {
			dropBefore(batch, plan.dropBefore());
		}
		if (plan.cuts()) {
			cut(batch, plan.cutAt());
		}
		put(batch, EntryBlock.of(plan.from(), plan.entries(), BLOCK_BYTES));
		for (SnapshotChange change : plan.snapshots()) {
			apply(batch, change);
		}
		batch.put(this.database.logs(), Keys.log(this.name),
				new LogRecord(this.name, this.logId, plan.after()).toBytes());
	}

	private void put(WriteBatch batch, List<EntryBlock> blocks) throws RocksDBException {
		for (EntryBlock block : blocks) {
			batch.put(this.database.entries(), Keys.entries(this.logId, block.first()), block.bytes());
		}
	}

	/** Removes the blocks that have no entry at {@code index} or above. */
	private void dropBefore(WriteBatch batch, long index) throws RocksDBException {
		EntryBlock block = blockAt(index);
		long end = (block != null && block.end() > index) ? block.first() : index;
		batch.deleteRange(this.database.entries(), Keys.entries(this.logId, 0), Keys.entries(this.logId, end));
	}

	/** Removes the entries at {@code index} and above. */
	private void cut(WriteBatch batch, long index) throws RocksDBException {
		EntryBlock block = blockAt(index);
		batch.deleteRange(this.database.entries(), Keys.entries(this.logId, index),
				Keys.entries(this.logId, Long.MAX_VALUE));
		if (block != null && block.first() < index && block.end() > index) {
			put(batch, EntryBlock.of(block.first(), block.before(index), BLOCK_BYTES));
		}
	}

	private @Nullable EntryBlock blockAt(long index) {
		List<EntryBlock> found = this.database.iterate(this.database.entries(), (iterator) -> {
			iterator.seekForPrev(Keys.entries(this.logId, index));
			return isBlock(iterator) ? List.of(block(iterator)) : List.of();
		});
		return found.isEmpty() ? null : found.get(0);
	}

	private void apply(WriteBatch batch, SnapshotChange change) throws RocksDBException {
		ColumnFamilyHandle family = this.database.snapshots();
		if (change instanceof SnapshotChange.Add add) {
			for (SnapshotChunk chunk : SnapshotChunk.of(add.offset(), add.data())) {
				batch.put(family, Keys.snapshot(this.logId, add.number(), chunk.offset()), chunk.toBytes(add.number()));
			}
		}
		else if (change instanceof SnapshotChange.DropUpTo drop) {
			batch.deleteRange(family, Keys.snapshot(this.logId, 0, 0), Keys.snapshot(this.logId, drop.number() + 1, 0));
		}
		else if (change instanceof SnapshotChange.DropAbove drop) {
			batch.deleteRange(family, Keys.snapshot(this.logId, drop.number() + 1, 0),
					Keys.snapshot(this.logId, Long.MAX_VALUE, 0));
		}
	}

	@Override
	public List<Entry> entries(long from, long to, long maxBytes) {
		return this.log.entries(from, to, (first, end) -> gather(new EntryGatherer(first, end, maxBytes)));
	}

	private List<Entry> gather(EntryGatherer wanted) {
		return this.database.iterate(this.database.entries(), (iterator) -> {
			iterator.seekForPrev(Keys.entries(this.logId, wanted.next()));
			while (!wanted.isFull() && isBlock(iterator)) {
				block(iterator).giveTo(wanted);
				iterator.next();
			}
			return wanted.entries();
		});
	}

	private boolean isBlock(RocksIterator iterator) {
		return iterator.isValid() && Keys.isOfLog(iterator.key(), this.logId);
	}

	private static EntryBlock block(RocksIterator iterator) {
		return EntryBlock.stored(Keys.first(iterator.key()), iterator.value());
	}

	@Override
	public Payload snapshot(SnapshotId id, long offset, int maxBytes) {
		return this.log.snapshot(id, offset, maxBytes, this::chunks);
	}

	private Payload chunks(long number, long offset, int size) {
		return this.database.iterate(this.database.snapshots(), (iterator) -> {
			SnapshotPiece piece = new SnapshotPiece(offset, size);
			iterator.seekForPrev(Keys.snapshot(this.logId, number, offset));
			boolean wanted = true;
			while (wanted && iterator.isValid() && Keys.isOfSnapshot(iterator.key(), this.logId, number)) {
				wanted = piece.add(SnapshotChunk.stored(number, Keys.offset(iterator.key()), iterator.value()));
				iterator.next();
			}
			return wanted ? Payload.EMPTY : piece.payload();
		});
	}

	/** Lets the log be opened again; the database is the factory's to close. */
	@Override
	public void close() {
		this.onClose.run();
	}

}
