package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.core.storage.StorageException;

/**
 * Sees to it that a log has one writer, whatever becomes of connections and processes.
 */
final class LogOwnership {

	/** How long the database may take to notice that an owner was killed. */
	private static final long LINGERING_NANOS = TimeUnit.SECONDS.toNanos(2);

	private LogOwnership() {
	}

	/**
	 * Makes the caller the owner of a log.
	 * @throws StorageException if its owner is at work
	 */
	static LogWriter claim(Database database, String log) {
		long deadline = System.nanoTime() + LINGERING_NANOS;
		while (true) {
			try {
				return database.patiently("Log %s can't be opened".formatted(log),
						() -> database.writer((connection) -> ownerless(database, connection, log)));
			}
			catch (OwnedException ex) {
				if (System.nanoTime() > deadline || !database.pause()) {
					throw ex;
				}
			}
		}
	}

	private static LogRow ownerless(Database database, Connection connection, String log) throws SQLException {
		LogRow row = LogRow.lock(connection, log);
		String owner = row.owner();
		if (owner != null && database.dialect().isAlive(connection, owner)) {
			throw new OwnedException(log, owner);
		}
		return row;
	}

	/**
	 * Makes an owner that lost its connection the owner again.
	 * @throws StorageException if the log has another owner by now
	 */
	static LogWriter reclaim(Database database, LogRow former) throws SQLException {
		return database.writer((connection) -> {
			LogRow row = LogRow.lock(connection, former.name());
			if (row.owner() == null || !row.owner().equals(former.owner())) {
				throw new StorageException(
						"Log %s was opened by another process while the connection was lost".formatted(former.name()),
						null);
			}
			return row;
		});
	}

	/** Somebody else has the log open. */
	private static final class OwnedException extends StorageException {

		private static final long serialVersionUID = 1L;

		OwnedException(String log, String owner) {
			super("Log %s is open elsewhere, in the database session %s; stop the process that has it open first"
				.formatted(log, owner), null);
		}

	}

}
