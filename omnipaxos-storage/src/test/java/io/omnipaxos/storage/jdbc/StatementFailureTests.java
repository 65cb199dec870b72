package io.omnipaxos.storage.jdbc;

import java.util.List;

import javax.sql.DataSource;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.core.storage.StorageOp.InstallSnapshot;
import io.omnipaxos.core.storage.StorageOp.SetDecided;
import io.omnipaxos.core.storage.StorageOp.SetPromise;
import io.omnipaxos.core.storage.StorageOp.StageSnapshot;
import io.omnipaxos.core.storage.StoredState;
import io.omnipaxos.storage.jdbc.FaultyDataSource.Fault;
import io.omnipaxos.test.storage.StorageSamples;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.omnipaxos.test.storage.StorageSamples.ballot;
import static io.omnipaxos.test.storage.StorageSamples.commands;
import static io.omnipaxos.test.storage.StorageSamples.sessions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A write of everything at once, in which one statement after the other fails, each time
 * in a new database. The number of statements is found by going on until none fails.
 */
class StatementFailureTests {

	private static final SnapshotId SNAPSHOT = new SnapshotId(0, 12);

	private static final List<StorageOp> BEFORE = List.of(new SetPromise(ballot(1)), new Append(0, commands(0, 20)),
			new SetDecided(11, sessions(11, 1)), new StageSnapshot(new SnapshotId(0, 10), 0, Payload.ofText("ten")),
			new InstallSnapshot(new SnapshotId(0, 10), sessions(10, 1)));

	private static final List<StorageOp> WRITE = List.of(new SetPromise(ballot(2)), new Append(15, commands(115, 118)),
			new SetDecided(14, sessions(14, 1)), new StageSnapshot(SNAPSHOT, 0, StorageSamples.bytes(300_000, 1)),
			new InstallSnapshot(SNAPSHOT, sessions(12, 1)));

	private JdbcDataSource database = H2.newDatabase();

	private JdbcConnectionPool pool;

	@AfterEach
	void close() {
		this.pool.dispose();
	}

	@Test
	void aWriteThatFailsAtAnyStatementLeavesTheStateBeforeIt() {
		int statement = 0;
		boolean failed = true;
		while (failed) {
			statement++;
			FaultyDataSource faulty = newDatabase();
			try (StorageFactory factory = open(faulty.dataSource()); Storage storage = factory.open("accounts")) {
				storage.load();
				storage.write(BEFORE);
				faulty.failAt(statement, Fault.REFUSED);
				try {
					storage.write(WRITE);
				}
				catch (StorageException ex) {
					assertThat(ex).hasMessageContaining("No space left on device");
				}
				failed = faulty.hasFailed();
			}
			verify(failed ? 11 : 14);
		}
		assertThat(statement).isGreaterThan(8);
	}

	/** As by memory that is used up. What was begun must not be committed by the end. */
	@ParameterizedTest
	@EnumSource(names = { "ERROR", "ERROR_AFTER_ERROR" })
	void aWriteThatEndsInAnErrorAtAnyStatementLeavesTheStateBeforeIt(Fault fault) {
		int statement = 0;
		boolean failed = true;
		while (failed) {
			statement++;
			FaultyDataSource faulty = newDatabase();
			try (StorageFactory factory = open(faulty.dataSource()); Storage storage = factory.open("accounts")) {
				storage.load();
				storage.write(BEFORE);
				faulty.failAt(statement, fault);
				Throwable error = catchThrowable(() -> storage.write(WRITE));
				failed = faulty.hasFailed();
				assertThat(error instanceof NoClassDefFoundError).isEqualTo(failed);
			}
			verify(failed ? 11 : 14);
		}
		assertThat(statement).isGreaterThan(8);
	}

	@Test
	void aWriteThatEndsInAnErrorHoldsNothingInTheDatabase() {
		FaultyDataSource faulty = newDatabase();
		try (StorageFactory factory = open(faulty.dataSource()); Storage storage = factory.open("accounts")) {
			storage.load();
			storage.write(BEFORE);
			faulty.failAt(5, Fault.ERROR);
			assertThat(catchThrowable(() -> storage.write(WRITE))).isInstanceOf(NoClassDefFoundError.class);

			LogRows.execute(this.pool, "delete from omnipaxos_entries");
		}
	}

	@Test
	void anOpeningThatEndsInAnErrorHoldsNothingInTheDatabase() {
		FaultyDataSource faulty = newDatabase();
		try (StorageFactory factory = open(faulty.dataSource())) {
			faulty.failAt(5, Fault.ERROR);
			assertThat(catchThrowable(() -> factory.open("accounts"))).isInstanceOf(NoClassDefFoundError.class);
			assertThat(this.pool.getActiveConnections()).isZero();

			factory.open("accounts").close();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "DEADLOCK", "STATEMENT_LOST", "ANSWER_LOST" })
	void aWriteThatLosesItsConnectionOrADeadlockAtAnyStatementIsMadeOnce(Fault fault) {
		int statement = 0;
		boolean failed = true;
		while (failed) {
			statement++;
			FaultyDataSource faulty = newDatabase();
			try (StorageFactory factory = open(faulty.dataSource()); Storage storage = factory.open("accounts")) {
				storage.load();
				storage.write(BEFORE);
				faulty.failAt(statement, fault);
				storage.write(WRITE);
				failed = faulty.hasFailed();
				storage.write(List.of(new Append(18, commands(118, 120))));
			}
			verify(14);
		}
		assertThat(statement).isGreaterThan(8);
	}

	/**
	 * The first connection is lost in the write, the next while it takes its place. Each
	 * is a session of its own: nothing pools them.
	 */
	@ParameterizedTest
	@EnumSource(names = { "STATEMENT_LOST", "ANSWER_LOST" })
	void aWriteThatLosesTheNextConnectionTooIsMadeOnce(Fault fault) {
		int statement = 0;
		boolean failed = true;
		while (failed) {
			statement++;
			newDatabase();
			FaultyDataSource faulty = new FaultyDataSource(this.database);
			try (StorageFactory factory = open(faulty.dataSource()); Storage storage = factory.open("accounts")) {
				storage.load();
				storage.write(BEFORE);
				faulty.failAt(2, fault);
				faulty.failAgainAt(statement);
				storage.write(WRITE);
				failed = faulty.hasFailed();
				storage.write(List.of(new Append(18, commands(118, 120))));
			}
			verify(14);
		}
		assertThat(statement).isGreaterThan(8);
	}

	@ParameterizedTest
	@EnumSource(names = { "STATEMENT_LOST", "ANSWER_LOST" })
	void aLogWhoseConnectionIsLostWhileItIsOpenedIsOpened(Fault fault) {
		int statement = 0;
		boolean failed = true;
		while (failed) {
			statement++;
			FaultyDataSource faulty = newDatabase();
			try (StorageFactory factory = open(faulty.dataSource())) {
				faulty.failAt(statement, fault);
				try (Storage storage = factory.open("accounts")) {
					failed = faulty.hasFailed();
					storage.write(BEFORE);
				}
			}
			verify(11);
		}
		assertThat(statement).isGreaterThan(4);
	}

	/** A former owner that lost its connection finds out that it is not the owner now. */
	@ParameterizedTest
	@EnumSource(names = { "STATEMENT_LOST", "ANSWER_LOST" })
	void aWriterThatWasReplacedWhileItsConnectionWasLostFails(Fault fault) {
		FaultyDataSource faulty = newDatabase();
		try (StorageFactory factory = open(faulty.dataSource()); Storage storage = factory.open("accounts")) {
			storage.load();
			storage.write(BEFORE);
			LogRows.disown(this.pool, "accounts");
			try (StorageFactory other = open(this.pool); Storage second = other.open("accounts")) {
				second.write(WRITE);
				faulty.failAt(2, fault);
				assertThatExceptionOfType(StorageException.class).isThrownBy(() -> storage.write(WRITE))
					.withMessageContaining("another process");
				second.write(List.of(new Append(18, commands(118, 120))));
			}
		}
		verify(14);
	}

	private FaultyDataSource newDatabase() {
		if (this.pool != null) {
			this.pool.dispose();
		}
		this.database = H2.newDatabase();
		this.pool = JdbcConnectionPool.create(this.database);
		Schemas.create(this.pool, "h2");
		return new FaultyDataSource(this.pool);
	}

	private static StorageFactory open(DataSource dataSource) {
		return new JdbcStorageFactory(dataSource, "bank", new NodeId(1));
	}

	/** Finds the log either before the write or after it, by how far it is decided. */
	private void verify(long decided) {
		try (StorageFactory factory = open(this.pool); Storage storage = factory.open("accounts")) {
			StoredState stored = storage.load();
			List<Entry> entries = storage.entries(stored.compactedIndex(), 100, 100_000);
			assertThat(stored.decidedIndex()).isEqualTo(decided);
			if (decided == 11) {
				assertThat(stored.promise()).isEqualTo(ballot(1));
				assertThat(entries).isEqualTo(commands(10, 20));
				assertThat(storage.snapshot(new SnapshotId(0, 10), 0, 100)).isEqualTo(Payload.ofText("ten"));
			}
			else {
				assertThat(stored.promise()).isEqualTo(ballot(2));
				assertThat(entries.subList(0, 3)).isEqualTo(commands(12, 15));
				assertThat(entries.subList(3, 6)).isEqualTo(commands(115, 118));
				assertThat(storage.snapshot(SNAPSHOT, 0, 300_000)).isEqualTo(StorageSamples.bytes(300_000, 1));
			}
		}
	}

}
