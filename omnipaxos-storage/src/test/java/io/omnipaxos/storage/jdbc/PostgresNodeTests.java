package io.omnipaxos.storage.jdbc;

import java.time.Duration;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.node.Subscription;
import io.omnipaxos.storage.AnsweredAppends;
import io.omnipaxos.storage.LoneNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGConnectionPoolDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A node on PostgreSQL and the pool that Spring Boot brings, and what becomes of it when
 * something is wrong with the database.
 */
class PostgresNodeTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final PGConnectionPoolDataSource database = Postgres.newSchema();

	private final AnsweredAppends appends = new AnsweredAppends(10);

	private HikariDataSource pool;

	@BeforeEach
	void createTables() {
		this.database.setApplicationName(this.database.getCurrentSchema());
		openPool(Postgres.USER);
		Schemas.create(this.pool, "postgresql");
	}

	private void openPool(String user) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(this.database.getUrl());
		config.setUsername(user);
		config.setMaximumPoolSize(4);
		this.pool = new HikariDataSource(config);
	}

	@AfterEach
	void closePool() {
		this.pool.close();
	}

	@Test
	void aNodeGoesOnByItselfHoweverOftenItsSessionsAreEnded() {
		UnsteadyDatabase.isOvercomeBy(this::start, this::endSessions);
	}

	private long endSessions() {
		return Postgres.count("select count(pg_terminate_backend(pid)) from pg_stat_activity "
				+ "where application_name = '%s'".formatted(this.database.getApplicationName()));
	}

	@Test
	void aNodeStopsWhenATableIsGoneAndGoesOnWhenItIsBack() {
		try (LoneNode node = start()) {
			this.appends.append(node, 10);
			LogRows.execute(this.pool, "alter table omnipaxos_entries rename to elsewhere");
			this.appends.appendUntilTheStorageFails(node, "a table is missing");
		}

		assertThatExceptionOfType(StorageException.class).isThrownBy(this::start)
			.withMessageContaining("initialize-schema");
		LogRows.execute(this.pool, "alter table elsewhere rename to omnipaxos_entries");
		goesOn();
	}

	/** As a primary becomes that was demoted. */
	@Test
	void aNodeStopsWhenTheDatabaseBecomesReadOnlyAndGoesOnWhenItCanBeWritten() {
		String schema = this.database.getCurrentSchema();
		Postgres.execute("create role %s superuser login".formatted(schema));
		closePool();
		openPool(schema);
		try (LoneNode node = start()) {
			this.appends.append(node, 10);
			Postgres.execute("alter role %s set default_transaction_read_only = on".formatted(schema));
			endSessions();
			this.appends.appendUntilTheStorageFails(node, "read-only transaction");
		}

		Postgres.execute("alter role %s reset default_transaction_read_only".formatted(schema));
		closePool();
		openPool(schema);
		goesOn();
	}

	@Test
	void aNodeDoesNotStartOnDamagedNumbers() {
		try (LoneNode node = start()) {
			this.appends.append(node, 10);
		}
		LogRows.execute(this.pool, "update omnipaxos_log set header = header || '\\x00'::bytea");

		assertThatExceptionOfType(StorageException.class).isThrownBy(this::start).withMessageContaining("damaged");
		LogRows.execute(this.pool, "update omnipaxos_log set header = substring(header for length(header) - 1)");
		goesOn();
	}

	/** What is decided need not be read to go on. */
	@Test
	void aDamagedEntryIsNotReadAndTheNodeGoesOn() {
		try (LoneNode node = start()) {
			this.appends.append(node, 10);
			LogRows.execute(this.pool,
					"update omnipaxos_entries set data = data || '\\x00'::bytea where first_index = 3");

			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> node.log().read(3))
				.withMessageContaining("damaged");
			assertThat(node.log().read(4)).isPresent();
			this.appends.append(node, 10);
			assertThat(node.failure()).isNull();
			LogRows.execute(this.pool, "update omnipaxos_entries set data = substring(data for length(data) - 1) "
					+ "where first_index = 3");
		}
		goesOn();
	}

	/** Whoever reads is told, and does not wait for it to come back. */
	@Test
	void aReaderOfAnEntryThatIsGoneIsTold() {
		try (LoneNode node = start()) {
			this.appends.append(node, 10);
			LogRows.execute(this.pool, "delete from omnipaxos_entries where first_index = 3");

			assertThatExceptionOfType(StorageException.class).isThrownBy(node::decided)
				.withMessageContaining("entry 3 is missing");
			Subscription subscription = node.log().follow(0, (entry) -> {
			});
			assertThat(subscription.reached(10)).failsWithin(PATIENCE);
			assertThat(subscription.failure()).get().isInstanceOf(StorageException.class);
			assertThat(subscription.position()).isEqualTo(3);
		}
	}

	private LoneNode start() {
		return LoneNode.start(new JdbcStorageFactory(this.pool, "bank", new NodeId(2)));
	}

	private void goesOn() {
		for (int life = 0; life < 2; life++) {
			try (LoneNode node = start()) {
				this.appends.assertAreThere(node);
				this.appends.append(node, 2);
			}
		}
	}

}
