package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * MariaDB returns from a commit when it is on the disk, if the server is set up so; a
 * session can't ask for it. What shows that a session lives is a lock that it holds,
 * which the server takes away when the session ends.
 */
final class MariaDbDialect implements Dialect {

	private static final String WAIT = "set session wait_timeout = ";

	private static final String SETTINGS = "select @@innodb_flush_log_at_trx_commit, @@log_bin, @@sync_binlog";

	/** The most that a server takes on Windows, too: 24 days. */
	private static final int LONGEST_WAIT_SECONDS = 2_147_483;

	private final @Nullable String weakness;

	private MariaDbDialect(@Nullable String weakness) {
		this.weakness = weakness;
	}

	static MariaDbDialect of(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(SETTINGS)) {
			row.next();
			return new MariaDbDialect(weakness(row.getInt(1), row.getBoolean(2), row.getInt(3)));
		}
	}

	/**
	 * Says what a power cut may undo. With a binary log the server takes a transaction
	 * back that it does not find there.
	 */
	static @Nullable String weakness(int flushAtCommit, boolean binaryLog, int syncBinaryLog) {
		if (flushAtCommit != 1) {
			return "the MariaDB server runs with innodb_flush_log_at_trx_commit = " + flushAtCommit;
		}
		return (binaryLog && syncBinaryLog != 1)
				? "the MariaDB server has a binary log, and runs with sync_binlog = " + syncBinaryLog : null;
	}

	@Override
	public String platform() {
		return "mariadb";
	}

	@Override
	public @Nullable String weakness() {
		return this.weakness;
	}

	/** Lets no owner be ended because it writes nothing for hours. */
	@Override
	public List<String> makeLasting(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select @@session.wait_timeout")) {
			row.next();
			String before = WAIT + row.getInt(1);
			statement.execute(WAIT + LONGEST_WAIT_SECONDS);
			return List.of(before);
		}
	}

	@Override
	public String session(Connection connection) throws SQLException {
		String name = UUID.randomUUID().toString();
		if (!isTrue(connection, "select get_lock(?, 0)", name)) {
			throw new SQLException("The session can't be named by the lock " + name);
		}
		return name;
	}

	@Override
	public void forget(Connection connection, String session) throws SQLException {
		isTrue(connection, "select release_lock(?)", session);
	}

	@Override
	public boolean isAlive(Connection connection, String session) throws SQLException {
		return isTrue(connection, "select is_used_lock(?) is not null", session);
	}

	private static boolean isTrue(Connection connection, String question, String lock) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(question)) {
			statement.setString(1, lock);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getBoolean(1);
			}
		}
	}

}
