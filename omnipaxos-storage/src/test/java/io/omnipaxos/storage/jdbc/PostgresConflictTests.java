package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGConnectionPoolDataSource;

import static io.omnipaxos.test.storage.StorageSamples.commands;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Writes that PostgreSQL rolls back for the sake of another transaction: they are made
 * again, once.
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
	 * database: at the statement, or at the commit.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "immediate", "deferred" })
	void aWriteThatCannotBeSerializedIsMadeOnce(String initially) {
		LogRows.execute(this.pool, "create sequence attempts");
		LogRows.execute(this.pool, """
				create function refuse() returns trigger language plpgsql as $$
				begin
					if nextval('attempts') <= 5 then
						raise exception 'could not serialize access' using errcode = '40001';
					end if;
					return null;
				end $$""");
		LogRows.execute(this.pool, "create constraint trigger refuse after update on omnipaxos_log "
				+ "deferrable initially %s for each row execute function refuse()".formatted(initially));

		this.storage.write(List.of(new Append(3, commands(103, 110))));

		String schema = this.database.getCurrentSchema();
		assertThat(Postgres.count("select last_value from %s.attempts".formatted(schema))).isGreaterThan(5);
		goesOn();
	}

	private void goesOn() {
		this.storage.write(List.of(new Append(10, commands(110, 112))));
		assertThat(this.storage.entries(0, 3, 1000)).isEqualTo(commands(0, 3));
		assertThat(this.storage.entries(3, 100, 1000)).isEqualTo(commands(103, 112));
		assertThat(this.storage.load().acceptedIndex()).isEqualTo(12);
	}

}
