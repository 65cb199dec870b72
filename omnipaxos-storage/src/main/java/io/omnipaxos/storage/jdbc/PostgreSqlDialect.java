package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL returns from a commit when it is on the disk, unless told otherwise. The
 * session says so for itself; a server that runs without {@code fsync} can't be helped.
 * What shows that a session lives is an advisory lock that it holds, which the server
 * takes away when the session ends: of other roles' sessions a role sees no more than the
 * process ids, which are soon used again.
 */
final class PostgreSqlDialect implements Dialect {

	private final @Nullable String weakness;

	private PostgreSqlDialect(@Nullable String weakness) {
		this.weakness = weakness;
	}

	static PostgreSqlDialect of(Connection connection) throws SQLException {
		boolean forces = "on".equals(ask(connection, "show fsync"));
		return new PostgreSqlDialect(forces ? null : "the PostgreSQL server runs with fsync = off");
	}

	@Override
	public String platform() {
		return "postgresql";
	}

	@Override
	public @Nullable String weakness() {
		return this.weakness;
	}

	@Override
	public List<String> makeDurable(Connection connection) throws SQLException {
		return "off".equals(ask(connection, "show synchronous_commit")) ? set(connection, "synchronous_commit", "on")
				: List.of();
	}

	/**
	 * A server notices within half a minute that an owner's machine is gone. And it ends
	 * none that has nothing to write; before version 14 it never did.
	 */
	@Override
	public List<String> makeLasting(Connection connection) throws SQLException {
		List<String> undoing = new ArrayList<>();
		undoing.addAll(set(connection, "tcp_keepalives_idle", "10"));
		undoing.addAll(set(connection, "tcp_keepalives_interval", "5"));
		undoing.addAll(set(connection, "tcp_keepalives_count", "4"));
		undoing.addAll(set(connection, "idle_session_timeout", "0"));
		return undoing;
	}

	/** Sets what the server knows, and returns what takes it back. */
	private static List<String> set(Connection connection, String name, String value) throws SQLException {
		List<String> undoing = new ArrayList<>();
		try (Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("select setting from pg_settings where name = '%s'".formatted(name))) {
			if (row.next()) {
				undoing.add("set %s = '%s'".formatted(name, row.getString(1)));
				statement.execute("set %s = '%s'".formatted(name, value));
			}
		}
		return undoing;
	}

	private static String ask(Connection connection, String question) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(question)) {
			row.next();
			return row.getString(1);
		}
	}

	@Override
	public String session(Connection connection) throws SQLException {
		String name = ask(connection, "select pg_backend_pid()") + '@' + UUID.randomUUID();
		if (!isTrue(connection, "select pg_try_advisory_lock(hashtextextended(?, 0))", name)) {
			throw new SQLException("The session can't be named by the advisory lock " + name);
		}
		return name;
	}

	@Override
	public void forget(Connection connection, String session) throws SQLException {
		isTrue(connection, "select pg_advisory_unlock(hashtextextended(?, 0))", session);
	}

	/** Tries to have the lock until the transaction ends. */
	@Override
	public boolean isAlive(Connection connection, String session) throws SQLException {
		return !isTrue(connection, "select pg_try_advisory_xact_lock(hashtextextended(?, 0))", session);
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
