package io.omnipaxos.storage.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** A PostgreSQL server, started when it is first needed, for as long as the tests run. */
public final class Postgres {

	/** Who connects, without a password. */
	public static final String USER = "postgres";

	private static final AtomicInteger schemas = new AtomicInteger();

	private Postgres() {
	}

	/** Returns a data source whose connections work in a schema of their own. */
	public static PGConnectionPoolDataSource newSchema() {
		String schema = "node_" + schemas.incrementAndGet();
		PGConnectionPoolDataSource dataSource = new PGConnectionPoolDataSource();
		dataSource.setServerNames(new String[] { "127.0.0.1" });
		dataSource.setPortNumbers(new int[] { Server.INSTANCE.getPort() });
		dataSource.setDatabaseName("postgres");
		dataSource.setUser(USER);
		dataSource.setCurrentSchema(schema);
		execute("create schema " + schema);
		return dataSource;
	}

	/** Returns the same, with tables that are kept in a directory. */
	public static PGConnectionPoolDataSource newSchemaIn(Path directory) {
		PGConnectionPoolDataSource dataSource = newSchema();
		String schema = dataSource.getCurrentSchema();
		execute("create tablespace %s location '%s'".formatted(schema, directory));
		dataSource.setOptions("-c default_tablespace=" + schema);
		return dataSource;
	}

	/** Removes what {@link #newSchemaIn} made. */
	public static void drop(PGConnectionPoolDataSource dataSource) {
		execute("drop schema %s cascade".formatted(dataSource.getCurrentSchema()));
		execute("drop tablespace " + dataSource.getCurrentSchema());
	}

	/** Copies the tables of one schema to another, in the way of {@code pg_dump}. */
	public static void copyTables(String from, String to) throws IOException {
		try (Connection source = DriverManager.getConnection(from, USER, "");
				Connection target = DriverManager.getConnection(to, USER, "");
				Statement statement = target.createStatement()) {
			for (String sql : Schemas.statements("postgresql")) {
				statement.execute(sql);
			}
			for (String table : Schemas.TABLES) {
				ByteArrayOutputStream rows = new ByteArrayOutputStream();
				source.unwrap(PGConnection.class).getCopyAPI().copyOut("copy %s to stdout".formatted(table), rows);
				target.unwrap(PGConnection.class)
					.getCopyAPI()
					.copyIn("copy %s from stdin".formatted(table), new ByteArrayInputStream(rows.toByteArray()));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Executes a statement as the administrator. */
	static void execute(String sql) {
		try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Returns the number that a query of the administrator yields. */
	static long count(String sql) {
		try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getLong(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class Server {

		static final EmbeddedPostgres INSTANCE = start();

		private static EmbeddedPostgres start() {
			try {
				return EmbeddedPostgres.builder().setServerConfig("fsync", "on").start();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
