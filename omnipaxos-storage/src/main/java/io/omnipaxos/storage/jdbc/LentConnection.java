package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A connection of a pool that is the application's, too, and goes back there as it came:
 * not every pool puts in order what it gets back.
 */
final class LentConnection implements AutoCloseable {

	private final Connection connection;

	private final Deque<Change> undoing = new ArrayDeque<>();

	LentConnection(Connection connection) {
		this.connection = connection;
	}

	Connection connection() {
		return this.connection;
	}

	/** Lets every statement be a transaction, or else those up to a commit. */
	void setAutoCommit(boolean autoCommit) throws SQLException {
		boolean before = this.connection.getAutoCommit();
		this.connection.setAutoCommit(autoCommit);
		this.undoing.push(() -> this.connection.setAutoCommit(before));
	}

	/** Lets a transaction see what others have committed, and nothing else. */
	void readCommitted() throws SQLException {
		int before = this.connection.getTransactionIsolation();
		if (before != Connection.TRANSACTION_READ_COMMITTED) {
			this.connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
			this.undoing.push(() -> this.connection.setTransactionIsolation(before));
		}
	}

	/**
	 * Changes something of the session.
	 * @param change what to change; returns statements that take it back
	 */
	void changeSession(Database.Work<List<String>> change) throws SQLException {
		change.on(this.connection).forEach((sql) -> this.undoing.push(() -> execute(sql)));
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/**
	 * Gives the connection back after something has failed on it, which it may be, too.
	 */
	void closeAfter(Throwable failure) {
		try {
			close();
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
		}
	}

	/** Gives the connection back as it is, to be asked nothing more. */
	void abandonAfter(Throwable failure) {
		try {
			this.connection.close();
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
		}
	}

	/** Gives the connection back; what was not committed is undone. */
	@Override
	public void close() throws SQLException {
		try (Connection returned = this.connection) {
			if (!returned.getAutoCommit()) {
				returned.rollback();
				// Isolation can't be changed within a transaction.
				returned.setAutoCommit(true);
			}
			while (!this.undoing.isEmpty()) {
				this.undoing.pop().make();
			}
		}
	}

	/** Something that was set on the connection, or is set back. */
	@FunctionalInterface
	private interface Change {

		void make() throws SQLException;

	}

}
