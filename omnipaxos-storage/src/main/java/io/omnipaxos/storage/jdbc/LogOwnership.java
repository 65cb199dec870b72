package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.core.storage.StorageException;

/**
 * Sees to it that a log has one writer, whatever becomes of connections and processes.
 */
final class LogOwnership {

	/** How long the database may take to notice that an owner was killed. */
	private static final long LINGERING_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final Database database;

	private final String log;

	/**
	 * Sessions that may stand in the log's row as its owner and are this one's: the
	 * answer to a commit may have been lost.
	 */
	private final Set<String> sessions = new HashSet<>();

	LogOwnership(Database database, String log) {
		this.database = database;
		this.log = log;
	}

	/**
	 * Makes the caller the owner of a log.
	 * @throws StorageException if its owner is at work
	 */
	LogWriter claim() {
		long deadline = System.nanoTime() + LINGERING_NANOS;
		while (true) {
			try {
				return this.database.patiently("Log %s can't be opened".formatted(this.log),
						() -> writer(this::ownerless));
			}
			catch (OwnedException ex) {
				if (System.nanoTime() > deadline || !this.database.pause()) {
					throw ex;
				}
			}
		}
	}

	private LogRow ownerless(Connection connection) throws SQLException {
		LogRow row = LogRow.lock(connection, this.log);
		String owner = row.owner();
		if (owner != null && !isOurs(owner) && this.database.dialect().isAlive(connection, owner)) {
			throw new OwnedException(this.log, owner);
		}
		return owned(connection, row);
	}

	/**
	 * Makes an owner that lost its connection the owner again.
	 * @throws StorageException if the log has another owner by now
	 */
	LogWriter reclaim() throws SQLException {
		return writer((connection) -> {
			LogRow row = LogRow.lock(connection, this.log);
			String owner = row.owner();
			if (owner == null || !isOurs(owner)) {
				throw new StorageException(
						"Log %s was opened by another process while the connection was lost".formatted(this.log), null);
			}
			return owned(connection, row);
		});
	}

	private LogWriter writer(Database.Work<LogRow> work) throws SQLException {
		LogWriter writer = this.database.writer(work);
		this.sessions.removeIf((session) -> !session.equals(writer.row().owner()));
		return writer;
	}

	private boolean isOurs(String owner) {
		return this.sessions.contains(owner);
	}

	private LogRow owned(Connection connection, LogRow row) throws SQLException {
		String session = this.database.dialect().session(connection);
		this.sessions.add(session);
		return row.ownedBy(connection, session);
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
