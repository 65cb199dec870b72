package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What databases do differently: how to get a commit onto the disk, and how to tell
 * whether a session still lives. Knows no connection, and is shared by those of a node.
 */
interface Dialect {

	/** Returns what Spring Boot calls the platform, part of the schema script's name. */
	String platform();

	/**
	 * Returns why a commit is not durable in this database, or {@code null} where it is.
	 */
	@Nullable String weakness();

	/** Returns whether the data are lost by nature when the process ends. */
	default boolean isInMemory() {
		return false;
	}

	/**
	 * Returns whether a thread that is interrupted while it reads or writes takes the
	 * database away from everybody.
	 */
	default boolean isHarmedByInterrupts() {
		return false;
	}

	/**
	 * Sees to it that commits on a connection are durable, where anything can be set.
	 * @return statements that take back what only this session knows of
	 */
	default List<String> makeDurable(Connection connection) throws SQLException {
		return List.of();
	}

	/**
	 * Lets a session live for as long as its owner does, where anything can be set.
	 * @return statements that take that back
	 */
	default List<String> makeLasting(Connection connection) throws SQLException {
		return List.of();
	}

	/**
	 * Returns when everything that was committed on the connection is on the disk: at
	 * once where a commit returns no earlier, or nothing more can be done for it.
	 */
	default void force(Connection connection) throws SQLException {
	}

	/** Returns a name of the connection's session that no other session ever has. */
	String session(Connection connection) throws SQLException;

	/** Takes a name from the connection's session, which goes on without it. */
	default void forget(Connection connection, String session) throws SQLException {
	}

	/** Returns whether the session of that name still exists. */
	boolean isAlive(Connection connection, String session) throws SQLException;

	/** Returns the dialect of the database at the other end. */
	static Dialect of(Connection connection) throws SQLException {
		String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
		return switch (product) {
			case "h2" -> H2Dialect.of(connection);
			case "mariadb" -> MariaDbDialect.of(connection);
			case "postgresql" -> PostgreSqlDialect.of(connection);
			default -> new UnknownDialect(product);
		};
	}

}
