package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.storage.format.LogHeader;
import org.jspecify.annotations.Nullable;

/**
 * The row of a log: who writes it, how often it was written, and everything about it that
 * is small. The owner stands there by the name of its database session: one that crashed
 * has none any more, and one that was replaced finds another name at its next write.
 *
 * @param logId number of the log in the other tables
 * @param name name of the log
 * @param owner session that writes it, or {@code null} when nobody does
 * @param writeCount number of writes so far, by which a writer that lost its connection
 * finds out what became of the last
 * @param header the log's numbers
 */
record LogRow(int logId, String name, @Nullable String owner, long writeCount, LogHeader header) {

	private static final String BY_NAME = "select log_id, owner, write_count, header from omnipaxos_log "
			+ "where log_name = ? for update";

	/** Finds a log, or creates it, and locks its row until the transaction ends. */
	static LogRow lock(Connection connection, String name) throws SQLException {
		LogRow row = find(connection, name);
		if (row == null) {
			create(connection, name);
			row = find(connection, name);
		}
		if (row == null) {
			throw new StorageException("Log %s was deleted while it was opened".formatted(name), null);
		}
		return row;
	}

	private static @Nullable LogRow find(Connection connection, String name) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(BY_NAME)) {
			statement.setString(1, name);
			try (ResultSet row = statement.executeQuery()) {
				return (!row.next()) ? null : new LogRow(row.getInt(1), name, row.getString(2), row.getLong(3),
						LogHeader.of(row.getInt(1), name, row.getBytes(4)));
			}
		}
	}

	private static void create(Connection connection, String name) throws SQLException {
		int logId;
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select coalesce(max(log_id), 0) + 1 from omnipaxos_log")) {
			row.next();
			logId = row.getInt(1);
		}
		try (PreparedStatement statement = connection.prepareStatement(
				"insert into omnipaxos_log (log_id, log_name, write_count, header) values (?, ?, 0, ?)")) {
			statement.setInt(1, logId);
			statement.setString(2, name);
			statement.setBytes(3, LogHeader.NEW.toBytes(logId, name));
			statement.executeUpdate();
		}
	}

	/** Writes who owns the log from now on. */
	LogRow ownedBy(Connection connection, String session) throws SQLException {
		try (PreparedStatement statement = connection
			.prepareStatement("update omnipaxos_log set owner = ? where log_id = ?")) {
			statement.setString(1, session);
			statement.setInt(2, this.logId);
			statement.executeUpdate();
		}
		return new LogRow(this.logId, this.name, session, this.writeCount, this.header);
	}

	/** Writes that the log has no owner, if it still has this one. */
	void release(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection
			.prepareStatement("update omnipaxos_log set owner = null where log_id = ? and owner = ?")) {
			statement.setInt(1, this.logId);
			statement.setString(2, this.owner);
			statement.executeUpdate();
		}
	}

	/** Returns this row after one more write. */
	LogRow written(LogHeader after) {
		return new LogRow(this.logId, this.name, this.owner, this.writeCount + 1, after);
	}

}
