package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;

import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.storage.format.LogHeader;
import io.omnipaxos.storage.format.WritePlan;
import io.omnipaxos.storage.format.WritePlan.SnapshotChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a log, on the one connection that belongs to it: a transaction for each batch.
 */
final class LogWriter {

	private static final Logger logger = LoggerFactory.getLogger(LogWriter.class);

	private static final String UPDATE = "update omnipaxos_log set write_count = ?, header = ? "
			+ "where log_id = ? and write_count = ? and owner = ?";

	private final LentConnection lent;

	private final Connection connection;

	private final Dialect dialect;

	private LogRow row;

	private boolean lost;

	/**
	 * Whether entries may be stored that were compacted away, in an earlier life even.
	 */
	private boolean sweeping = true;

	private final EntryTable entries;

	private final SnapshotTable snapshots;

	LogWriter(LentConnection lent, Dialect dialect, LogRow row) {
		this.lent = lent;
		this.connection = lent.connection();
		this.dialect = dialect;
		this.row = row;
		this.entries = new EntryTable(this.connection, row.logId());
		this.snapshots = new SnapshotTable(this.connection, row.logId());
	}

	LogRow row() {
		return this.row;
	}

	/**
	 * Carries out a plan; when this returns, it is on the disk.
	 * @throws SQLException if it failed; this writer {@link #isLost() is lost} if another
	 * may succeed
	 */
	void write(WritePlan plan) throws SQLException {
		try {
			apply(plan);
			update(plan.after());
			this.connection.commit();
		}
		catch (SQLException ex) {
			SQLException failure = SqlFailures.unbatched(ex);
			rollback(failure);
			throw judged(failure);
		}
		catch (RuntimeException | Error ex) {
			rollback(ex);
			throw ex;
		}
		force();
		this.row = this.row.written(plan.after());
	}

	private void apply(WritePlan plan) throws SQLException {
		if (plan.cuts()) {
			this.entries.cut(plan.cutAt());
		}
		this.entries.insert(plan.from(), plan.entries());
		for (SnapshotChange change : plan.snapshots()) {
			this.snapshots.apply(change);
		}
		if (this.sweeping || plan.dropBefore() > 0) {
			this.sweeping = this.entries.sweep(plan.after().state().compactedIndex());
		}
	}

	private void update(LogHeader after) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(UPDATE)) {
			statement.setLong(1, this.row.writeCount() + 1);
			statement.setBytes(2, after.toBytes(this.row.logId(), this.row.name()));
			statement.setInt(3, this.row.logId());
			statement.setLong(4, this.row.writeCount());
			statement.setString(5, this.row.owner());
			if (statement.executeUpdate() != 1) {
				throw new StorageException(
						"Log %s was opened by another process; it must have one owner".formatted(this.row.name()),
						null);
			}
		}
	}

	/** Forces to the disk what was committed. */
	void force() throws SQLException {
		try {
			this.dialect.force(this.connection);
		}
		catch (SQLException ex) {
			throw judged(ex);
		}
	}

	/** Finds out, while the connection can still be asked, whether another may do. */
	private SQLException judged(SQLException failure) {
		if (!SqlFailures.isPassing(failure, this.connection)) {
			return failure;
		}
		this.lost = true;
		this.lent.closeAfter(failure);
		return new SQLTransientConnectionException(failure.getMessage(), failure.getSQLState(), failure);
	}

	/**
	 * Returns whether this writer is of no use any more, because its connection is not.
	 */
	boolean isLost() {
		return this.lost;
	}

	private void rollback(Throwable cause) {
		try {
			this.connection.rollback();
		}
		catch (SQLException ex) {
			cause.addSuppressed(ex);
		}
	}

	/** Lets go of the log, if that is still possible, and gives the connection back. */
	void release() {
		if (this.lost) {
			return;
		}
		try {
			// What an Error cut short may still be open here, and must not be committed.
			this.connection.rollback();
			this.row.release(this.connection);
			this.connection.commit();
			this.dialect.forget(this.connection, Objects.requireNonNull(this.row.owner()));
			this.lent.close();
		}
		catch (SQLException ex) {
			this.lent.abandonAfter(ex);
			// The session ends with its connection, and the log is free then, too.
			logger.warn("The connection of log {} could not be given back: {}", this.row.name(), ex.toString());
		}
	}

}
