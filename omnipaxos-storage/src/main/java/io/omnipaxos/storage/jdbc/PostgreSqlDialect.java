package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL returns from a commit when it is on the disk, unless told otherwise. The
 * session says so for itself; a server that runs without {@code fsync} can't be helped.
 */
final class PostgreSqlDialect implements Dialect {

	private static final String SESSION = "pid || '@' || coalesce(extract(epoch from backend_start)::text, '')";

	private final @Nullable String weakness;

	private PostgreSqlDialect(@Nullable String weakness) {
		this.weakness = weakness;
	}

	static PostgreSqlDialect of(Connection connection) throws SQLException {
		boolean forces = "on".equals(show(connection, "fsync"));
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
	public void prepare(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			if ("off".equals(show(connection, "synchronous_commit"))) {
				statement.execute("set synchronous_commit = on");
			}
			// A server notices within half a minute that an owner's machine is gone.
			statement.execute("set tcp_keepalives_idle = 10");
			statement.execute("set tcp_keepalives_interval = 5");
			statement.execute("set tcp_keepalives_count = 4");
		}
	}

	private static String show(Connection connection, String setting) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("show " + setting)) {
			row.next();
			return row.getString(1);
		}
	}

	@Override
	public String session(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("select " + SESSION + " from pg_stat_activity where pid = pg_backend_pid()")) {
			row.next();
			return row.getString(1);
		}
	}

	@Override
	public boolean isAlive(Connection connection, String session) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(
				"select count(*) from pg_stat_activity where " + SESSION + " in (?, split_part(?, '@', 1) || '@')")) {
			statement.setString(1, session);
			// Another user's session shows its number alone.
			statement.setString(2, session);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getInt(1) > 0;
			}
		}
	}

}
