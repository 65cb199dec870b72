package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.storage.LoneNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.storage.StorageSamples.commands;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Writes that MariaDB rolls back, or loses with their session: they are made once. */
class MariaDbConflictTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final String url = MariaDb.newDatabase();

	private HikariDataSource pool;

	@BeforeEach
	void createTables() {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(this.url + "&sessionVariables=innodb_lock_wait_timeout=1");
		config.setMaximumPoolSize(4);
		this.pool = new HikariDataSource(config);
		Schemas.create(this.pool, "mariadb");
	}

	@AfterEach
	void close() {
		this.pool.close();
	}

	@Test
	void missingTablesAreNamedWithTheirRemedy() {
		LogRows.execute(this.pool, "drop table omnipaxos_peer");

		assertThatExceptionOfType(StorageException.class).isThrownBy(this::open)
			.withMessageContaining("io/omnipaxos/storage/jdbc/schema-mariadb.sql");
	}

	@Test
	void aNodeGoesOnByItselfHoweverOftenItsSessionsAreEnded() {
		UnsteadyDatabase.isOvercomeBy(() -> LoneNode.start(open()), this::endSessions);
	}

	private long endSessions() {
		List<Long> sessions = MariaDb.numbers(
				"select id from information_schema.processlist where db = '%s'".formatted(MariaDb.nameOf(this.url)));
		sessions.forEach(MariaDb::kill);
		return sessions.size();
	}

	/** The one with fewer changes has to give way. */
	@Test
	void aWriteThatIsTheVictimOfADeadlockIsMadeOnce() throws SQLException {
		LogRows.execute(this.pool, "create table ballast as select seq from seq_1_to_1000");
		try (StorageFactory factory = open(); Storage storage = factory.open("accounts")) {
			storage.write(List.of(new Append(0, commands(0, 5))));
			try (Connection connection = this.pool.getConnection(); Statement other = connection.createStatement()) {
				connection.setAutoCommit(false);
				other.execute("delete from ballast");
				other.execute("select * from omnipaxos_log for update");
				CompletableFuture<Void> write = CompletableFuture
					.runAsync(() -> storage.write(List.of(new Append(5, commands(5, 10)))));
				await().atMost(PATIENCE).until(() -> transactionsThatWait().size() == 1);

				other.execute("delete from omnipaxos_entries where first_index = 5");

				assertThat(write).isNotDone();
				connection.commit();
				assertThat(write).succeedsWithin(PATIENCE);
			}
			assertThat(storage.entries(0, 100, 1000)).isEqualTo(commands(0, 10));
		}
	}

	@Test
	void aWriteThatHasWaitedTooLongForALockIsMadeOnce() throws SQLException {
		try (StorageFactory factory = open(); Storage storage = factory.open("accounts")) {
			storage.write(List.of(new Append(0, commands(0, 5))));
			try (Connection connection = this.pool.getConnection(); Statement other = connection.createStatement()) {
				connection.setAutoCommit(false);
				other.execute("select * from omnipaxos_log for update");
				CompletableFuture<Void> write = CompletableFuture
					.runAsync(() -> storage.write(List.of(new Append(3, commands(103, 110)))));
				Set<Long> attempts = new HashSet<>();
				await().atMost(PATIENCE).until(() -> {
					attempts.addAll(transactionsThatWait());
					return attempts.size() > 1;
				});

				connection.commit();
				assertThat(write).succeedsWithin(PATIENCE);
			}
			assertThat(storage.entries(0, 3, 1000)).isEqualTo(commands(0, 3));
			assertThat(storage.entries(3, 100, 1000)).isEqualTo(commands(103, 110));
		}
	}

	private static List<Long> transactionsThatWait() {
		return MariaDb.numbers("select trx_id from information_schema.innodb_trx where trx_state = 'LOCK WAIT'");
	}

	private StorageFactory open() {
		return new JdbcStorageFactory(this.pool, "bank", new NodeId(2));
	}

}
