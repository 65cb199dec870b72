package io.omnipaxos.storage.jdbc;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Set;

import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageUnavailableException;

/** What an error of the database means for the one who gets it. */
final class SqlFailures {

	private static final int PROBE_SECONDS = 1;

	/** H2 closes with the process, and opens no more. */
	private static final String PROCESS_ENDS = "90121";

	/**
	 * What the next attempt may not meet: connections, shutting down, transactions that
	 * had to give way, locks not to be had in time (H2's state, PostgreSQL's), statements
	 * that were cancelled, more connections than there may be, and PostgreSQL servers
	 * that are only read, as a standby until it takes over.
	 */
	private static final Set<String> PASSING = Set.of("08", "57P0", "40", "HYT0", "55P03", "57014", "53300", "25006");

	/**
	 * What has a general state in MariaDB: a lock not to be had in time, and servers that
	 * are only read, by an option or because their engine is.
	 */
	private static final Set<Integer> PASSING_IN_MARIADB = Set.of(1205, 1290, 1836);

	/** No such table: the standard's word for it, H2's variations, and PostgreSQL's. */
	private static final Set<String> MISSING_TABLE = Set.of("42S02", "42S03", "42S04", "42P01");

	private SqlFailures() {
	}

	/**
	 * Returns whether the same may succeed on another connection, a moment later.
	 */
	static boolean isPassing(SQLException failure) {
		if (hasState(failure, PROCESS_ENDS)) {
			return false;
		}
		return failure instanceof SQLNonTransientConnectionException
				|| failure instanceof SQLTransientConnectionException || failure instanceof SQLRecoverableException
				|| PASSING_IN_MARIADB.contains(failure.getErrorCode())
				|| PASSING.stream().anyMatch((prefix) -> hasState(failure, prefix));
	}

	/** As above, and the connection can be asked whether it still is one. */
	static boolean isPassing(SQLException failure, Connection connection) {
		return isPassing(failure) || (!hasState(failure, PROCESS_ENDS) && !isUsable(connection));
	}

	/**
	 * Returns what failed in a batch. PostgreSQL's driver puts the whole of a batch into
	 * the message of its failure: entries have no place in a log, and may be megabytes.
	 */
	static SQLException unbatched(SQLException failure) {
		if (!(failure instanceof BatchUpdateException)) {
			return failure;
		}
		return (failure.getCause() instanceof SQLException cause) ? cause
				: Objects.requireNonNullElse(failure.getNextException(), failure);
	}

	private static boolean hasState(SQLException failure, String prefix) {
		String state = failure.getSQLState();
		return state != null && state.startsWith(prefix);
	}

	private static boolean isUsable(Connection connection) {
		try {
			return connection.isValid(PROBE_SECONDS);
		}
		catch (SQLException ex) {
			return false;
		}
	}

	/** Returns an exception that says what failed and, where it is known, what to do. */
	static StorageException describe(String what, Dialect dialect, SQLException failure) {
		String state = failure.getSQLState();
		if (state != null && MISSING_TABLE.contains(state)) {
			return new StorageException(("%s: a table is missing. Set omnipaxos.storage.jdbc.initialize-schema=always, "
					+ "or run the script io/omnipaxos/storage/jdbc/schema-%s.sql of omnipaxos-storage (%s)")
				.formatted(what, dialect.platform(), failure.getMessage()), failure);
		}
		String message = "%s: %s".formatted(what, reasonOf(failure));
		return isPassing(failure) ? new StorageUnavailableException(message, failure)
				: new StorageException(message, failure);
	}

	/** Returns the message, and what the system said, which H2 leaves to the causes. */
	private static String reasonOf(SQLException failure) {
		String message = String.valueOf(failure.getMessage());
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return (root instanceof IOException) ? "%s (%s)".formatted(message, root.getMessage()) : message;
	}

}
