package io.omnipaxos.storage.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import javax.sql.DataSource;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGConnectionPoolDataSource;

import static io.omnipaxos.test.storage.StorageSamples.commands;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Writes that PostgreSQL rolls back for the sake of others, and reads that it has no room
 * for: they are made again, and writes once.
 */
class PostgresConflictTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final PGConnectionPoolDataSource database = Postgres.newSchema();

	private JdbcConnectionPool pool;

	private StorageFactory factory;

	private Storage storage;

	@BeforeEach
	void open() {
		// Longer than it takes the other transaction to close the circle.
		this.database.setOptions("-c deadlock_timeout=3s");
		this.pool = JdbcConnectionPool.create(this.database);
		Schemas.create(this.pool, "postgresql");
		this.factory = new JdbcStorageFactory(this.pool, "bank", new NodeId(1));
		this.storage = this.factory.open("accounts");
		this.storage.write(List.of(new Append(0, commands(0, 5))));
	}

	@AfterEach
	void close() {
		this.storage.close();
		this.factory.close();
		this.pool.dispose();
	}

	/** The other one holds the row that the write needs, and needs what the write has. */
	@Test
	void aWriteThatIsTheVictimOfADeadlockIsMadeOnce() throws SQLException {
		try (Connection connection = this.pool.getConnection(); Statement other = connection.createStatement()) {
			connection.setAutoCommit(false);
			other.execute("set local deadlock_timeout = '10min'");
			other.execute("select * from omnipaxos_log for update");
			CompletableFuture<Void> write = CompletableFuture
				.runAsync(() -> this.storage.write(List.of(new Append(3, commands(103, 110)))));
			await().atMost(PATIENCE).until(() -> sessionsThatWait("Lock") == 1);

			other.execute("lock table omnipaxos_entries in access exclusive mode");

			assertThat(write).isNotDone();
			connection.commit();
			assertThat(write).succeedsWithin(PATIENCE);
		}
		goesOn();
	}

	private static long sessionsThatWait(String forWhat) {
		return Postgres.count("select count(*) from pg_stat_activity where backend_type = 'client backend' "
				+ "and wait_event_type = '%s'".formatted(forWhat));
	}

	/**
	 * A trigger that says so stands for what an application may have in the same
	 * database, and for the limits of its administrator: at the statement, or at the
	 * commit.
	 */
	@ParameterizedTest
	@CsvSource({ "serialization_failure, immediate", "serialization_failure, deferred", "lock_not_available, immediate",
			"query_canceled, immediate" })
	void aWriteThatHadToGiveWayIsMadeOnce(String failure, String initially) {
		LogRows.execute(this.pool, "create sequence attempts");
		LogRows.execute(this.pool, """
				create function refuse() returns trigger language plpgsql as $$
				begin
					if nextval('attempts') <= 5 then
						raise exception 'give way' using errcode = '%s';
					end if;
					return null;
				end $$""".formatted(failure));
		LogRows.execute(this.pool, "create constraint trigger refuse after update on omnipaxos_log "
				+ "deferrable initially %s for each row execute function refuse()".formatted(initially));

		this.storage.write(List.of(new Append(3, commands(103, 110))));

		String schema = this.database.getCurrentSchema();
		assertThat(Postgres.count("select last_value from %s.attempts".formatted(schema))).isGreaterThan(5);
		goesOn();
	}

	@Test
	void aReadForWhichThereIsNoConnectionWaitsForOne() {
		String role = this.database.getCurrentSchema();
		Postgres.execute("create role %s login connection limit 1".formatted(role));
		Postgres.execute("grant all on schema %1$s to %1$s".formatted(role));
		Postgres.execute("grant all on all tables in schema %1$s to %1$s".formatted(role));
		this.storage.close();
		this.database.setUser(role);
		this.database.setOptions(null);
		JdbcConnectionPool limited = JdbcConnectionPool.create(this.database);
		CountDownLatch refused = new CountDownLatch(2);
		try (StorageFactory factory = new JdbcStorageFactory(counting(limited, refused), "bank", new NodeId(1));
				Storage log = factory.open("accounts")) {
			CompletableFuture<List<Entry>> read = CompletableFuture.supplyAsync(() -> log.entries(0, 5, 1000));
			await().atMost(PATIENCE).until(() -> refused.getCount() == 0);

			Postgres.execute("alter role %s connection limit 2".formatted(role));

			assertThat(read).succeedsWithin(PATIENCE).isEqualTo(commands(0, 5));
		}
		finally {
			limited.dispose();
			this.storage = this.factory.open("accounts");
		}
	}

	private static DataSource counting(DataSource dataSource, CountDownLatch refused) {
		return (DataSource) Proxy.newProxyInstance(DataSource.class.getClassLoader(),
				new Class<?>[] { DataSource.class }, (proxy, method, arguments) -> {
					try {
						return method.invoke(dataSource, arguments);
					}
					catch (InvocationTargetException ex) {
						refused.countDown();
						throw ex.getCause();
					}
				});
	}

	private void goesOn() {
		this.storage.write(List.of(new Append(10, commands(110, 112))));
		assertThat(this.storage.entries(0, 3, 1000)).isEqualTo(commands(0, 3));
		assertThat(this.storage.entries(3, 100, 1000)).isEqualTo(commands(103, 112));
		assertThat(this.storage.load().acceptedIndex()).isEqualTo(12);
	}

}
