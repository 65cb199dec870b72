package io.omnipaxos.storage.jdbc;

import java.sql.SQLException;
import java.util.List;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StoredSnapshot;
import io.omnipaxos.core.storage.StoredState;
import io.omnipaxos.storage.format.ReadableLog;
import io.omnipaxos.storage.format.WritePlan;
import org.jspecify.annotations.Nullable;

/**
 * A log in a relational database. A write is one transaction, on a connection that the
 * storage keeps for itself, so it takes no part in any transaction of the application;
 * reads use other connections of the same data source.
 * <p>
 * A write that loses its connection is tried again for about ten seconds: it counts
 * itself, so that what became of it can be read on the next connection. Thread-safe as
 * {@link Storage} says.
 */
public final class JdbcStorage implements Storage {

	private final Database database;

	private final LogOwnership ownership;

	private final LogReader reader;

	private final String writeFailure;

	private LogWriter writer;

	private @Nullable StoredSnapshot staged;

	private final ReadableLog log;

	private JdbcStorage(Database database, LogOwnership ownership) {
		this.database = database;
		this.ownership = ownership;
		this.writer = database.undisturbed(ownership::claim);
		this.log = new ReadableLog(this.writer.row().name(), this.writer.row().header());
		this.reader = new LogReader(database, this.writer.row());
		this.writeFailure = "Log %s can't be written".formatted(this.writer.row().name());
	}

	/** Opens a log that no living session owns, and creates it if there is none. */
	static JdbcStorage open(Database database, String log) {
		return new JdbcStorage(database, new LogOwnership(database, log));
	}

	@Override
	public StoredState load() {
		return this.log.header().state();
	}

	@Override
	public void write(List<StorageOp> ops) {
		WritePlan plan = WritePlan.of(this.log.header(), this.staged, ops);
		this.log.change(plan.after(), () -> write(plan));
		this.staged = plan.staged();
	}

	private void write(WritePlan plan) {
		if (plan.cuts()) {
			this.reader.cutting(() -> writePatiently(plan));
		}
		else {
			writePatiently(plan);
		}
	}

	private void writePatiently(WritePlan plan) {
		long target = this.writer.row().writeCount() + 1;
		this.database.patiently(this.writeFailure, () -> {
			attempt(plan, target);
			return target;
		});
	}

	/** Writes, unless an earlier attempt has and only could not say so. */
	private void attempt(WritePlan plan, long target) throws SQLException {
		if (this.writer.isLost()) {
			this.writer = this.ownership.reclaim();
		}
		long count = this.writer.row().writeCount();
		if (count == target) {
			this.writer.force();
		}
		else if (count == target - 1) {
			this.writer.write(plan);
		}
		else {
			throw new StorageException(
					"%s: write %d was expected, and %d was found".formatted(this.writeFailure, target, count), null);
		}
	}

	@Override
	public List<Entry> entries(long from, long to, long maxBytes) {
		return this.log.entries(from, to, (first, end) -> this.reader.entries(first, end, maxBytes));
	}

	@Override
	public Payload snapshot(SnapshotId id, long offset, int maxBytes) {
		return this.log.snapshot(id, offset, maxBytes, this.reader::snapshot);
	}

	@Override
	public void endPatience() {
		this.database.endPatience();
	}

	/** Gives the connection back to the data source. */
	@Override
	public void close() {
		this.database.close(() -> this.writer.release());
	}

}
