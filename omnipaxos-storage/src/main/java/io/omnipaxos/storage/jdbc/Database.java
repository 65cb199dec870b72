package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.omnipaxos.core.storage.StorageException;

/**
 * Gives out connections, and has patience with a database that is away for a moment.
 */
final class Database {

	private static final long PAUSE_MILLIS = 50;

	private final DataSource dataSource;

	private final Dialect dialect;

	private final LongSupplier clock;

	private final CountDownLatch patienceEnded = new CountDownLatch(1);

	private final AtomicBoolean closed = new AtomicBoolean();

	private final CalmThreads calm = new CalmThreads();

	Database(DataSource dataSource, Dialect dialect) {
		this(dataSource, dialect, System::nanoTime);
	}

	Database(DataSource dataSource, Dialect dialect, LongSupplier clock) {
		this.dataSource = dataSource;
		this.dialect = dialect;
		this.clock = clock;
	}

	Dialect dialect() {
		return this.dialect;
	}

	/**
	 * Runs something on a connection of its own, outside any transaction, on whatever
	 * thread is right for it.
	 */
	<T> T read(String what, Work<T> work) {
		return undisturbed(() -> here(what, (lent) -> work.on(lent.connection())));
	}

	/** Does the same, and what it writes is on the disk when this returns. */
	<T> T write(String what, Work<T> work) {
		return undisturbed(() -> here(what, (lent) -> {
			lent.changeSession(this.dialect::makeDurable);
			T result = work.on(lent.connection());
			this.dialect.force(lent.connection());
			return result;
		}));
	}

	/** Does something on a thread on which no interrupt can harm the database. */
	<T> T undisturbed(Supplier<T> work) {
		return this.dialect.isHarmedByInterrupts() ? this.calm.call(work) : work.get();
	}

	private <T> T here(String what, LentWork<T> work) {
		return patiently(what, () -> {
			try (LentConnection lent = connect()) {
				lent.setAutoCommit(true);
				return work.on(lent);
			}
		});
	}

	/**
	 * Pools that are empty, or can't reach the database, do not all say so by a state.
	 */
	private LentConnection connect() throws SQLException {
		try {
			return new LentConnection(this.dataSource.getConnection());
		}
		catch (SQLException ex) {
			throw (ex.getSQLState() == null || SqlFailures.isPassing(ex)) ? new NoConnectionException(ex) : ex;
		}
	}

	/** Tries until it succeeds, or fails for good, or patience ends. */
	<T> T patiently(String what, Attempt<T> attempt) {
		Patience patience = new Patience(this.clock);
		while (true) {
			try {
				return attempt.run();
			}
			catch (SQLException ex) {
				if (!SqlFailures.isPassing(ex) || !patience.isLeftAfter(ex) || !pause()) {
					throw SqlFailures.describe(what, this.dialect, ex);
				}
			}
		}
	}

	/** Waits a little. Returns {@code false} when nobody needs the result any more. */
	boolean pause() {
		try {
			return !this.patienceEnded.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Returns a connection on which a log can be written.
	 * @param work what makes its session the owner of the log, in a transaction
	 */
	LogWriter writer(Work<LogRow> work) throws SQLException {
		LentConnection lent = connect();
		try {
			lent.readCommitted();
			lent.setAutoCommit(false);
			lent.changeSession(this.dialect::makeDurable);
			lent.changeSession(this.dialect::makeLasting);
			LogRow row = work.on(lent.connection());
			lent.connection().commit();
			return new LogWriter(lent, this.dialect, row);
		}
		catch (SQLException | RuntimeException | Error ex) {
			lent.closeAfter(ex);
			throw ex;
		}
	}

	/** Tries nothing again from now on. */
	void endPatience() {
		this.patienceEnded.countDown();
	}

	/**
	 * Ends all patience, and does nothing more.
	 * @param last what is still to be done; not done again
	 */
	void close(Runnable last) {
		endPatience();
		if (this.closed.compareAndSet(false, true)) {
			undisturbed(() -> {
				last.run();
				return this;
			});
			this.calm.close();
		}
	}

	/**
	 * Something done on a connection.
	 *
	 * @param <T> what comes of it
	 */
	@FunctionalInterface
	interface Work<T> {

		T on(Connection connection) throws SQLException, StorageException;

	}

	/**
	 * The same on one of which more is to be changed.
	 *
	 * @param <T> what comes of it
	 */
	@FunctionalInterface
	private interface LentWork<T> {

		T on(LentConnection lent) throws SQLException, StorageException;

	}

	/**
	 * Something that can be tried again.
	 *
	 * @param <T> what comes of it
	 */
	@FunctionalInterface
	interface Attempt<T> {

		T run() throws SQLException, StorageException;

	}

}
