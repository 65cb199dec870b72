package io.omnipaxos.storage.jdbc;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;

import javax.sql.DataSource;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.core.storage.StorageOp.InstallSnapshot;
import io.omnipaxos.core.storage.StorageOp.SetDecided;
import io.omnipaxos.core.storage.StorageOp.StageSnapshot;
import org.assertj.core.util.Throwables;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGConnectionPoolDataSource;

import static io.omnipaxos.test.storage.StorageSamples.bytes;
import static io.omnipaxos.test.storage.StorageSamples.commands;
import static io.omnipaxos.test.storage.StorageSamples.sessions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What can be wrong with a database, and what the storage says about it. */
class JdbcFailureTests {

	private static final NodeId NODE = new NodeId(1);

	@TempDir
	private Path directory;

	@Test
	void missingTablesAreNamedWithTheirRemedyOnH2() {
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> new JdbcStorageFactory(h2(""), "bank", NODE))
			.withMessageContaining("omnipaxos.storage.jdbc.initialize-schema=always")
			.withMessageContaining("io/omnipaxos/storage/jdbc/schema-h2.sql");
	}

	@Test
	void missingTablesAreNamedWithTheirRemedyOnPostgreSql() {
		JdbcConnectionPool pool = JdbcConnectionPool.create(Postgres.newSchema());
		try {
			assertThatExceptionOfType(StorageException.class)
				.isThrownBy(() -> new JdbcStorageFactory(pool, "bank", NODE))
				.withMessageContaining("io/omnipaxos/storage/jdbc/schema-postgresql.sql");
		}
		finally {
			pool.dispose();
		}
	}

	/** As those of an earlier version do. */
	@Test
	void tablesThatLackOneAreNamedAtOnceWithTheirRemedy() {
		Schemas.create(h2(""), "h2");
		LogRows.execute(h2(""), "drop table omnipaxos_peer");

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> open(h2("")))
			.withMessageContaining("omnipaxos.storage.jdbc.initialize-schema=always")
			.withMessageContaining("OMNIPAXOS_PEER");
	}

	@ParameterizedTest
	@ValueSource(strings = { "DATABASE_TO_UPPER=FALSE", "DATABASE_TO_LOWER=TRUE",
			"DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE" })
	void aLogIsKeptByH2HoweverItWritesNames(String setting) {
		DataSource dataSource = h2(";" + setting);
		Schemas.create(dataSource, "h2");
		try (StorageFactory factory = open(dataSource); Storage storage = factory.open("accounts")) {
			storage.write(List.of(new Append(0, commands(0, 5))));
			assertThat(storage.entries(0, 10, 1000)).isEqualTo(commands(0, 5));
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> factory.open("accounts"))
				.withMessageContaining("is open elsewhere");
		}
	}

	@Test
	void identitiesAreKeptByADataSourceThatLeavesCommittingToItsUsers() {
		Schemas.create(h2(""), "h2");
		String drawn;
		try (StorageFactory factory = open(withoutAutoCommit(h2("")))) {
			drawn = factory.storageId();
			factory.rememberPeer(new NodeId(2), "met");
		}

		try (StorageFactory factory = open(h2(""))) {
			assertThat(factory.storageId()).isEqualTo(drawn);
			assertThat(factory.peerStorageId(new NodeId(2))).hasValue("met");
		}
	}

	private static DataSource withoutAutoCommit(DataSource dataSource) {
		return (DataSource) Proxy.newProxyInstance(JdbcFailureTests.class.getClassLoader(),
				new Class<?>[] { DataSource.class }, (proxy, method, arguments) -> {
					Object result = method.invoke(dataSource, arguments);
					if (result instanceof Connection connection) {
						connection.setAutoCommit(false);
					}
					return result;
				});
	}

	@Test
	void aDamagedEntryIsNotRead() {
		damage("update omnipaxos_entries set data = data || X'00'");

		try (StorageFactory factory = open(h2("")); Storage storage = factory.open("accounts")) {
			assertThat(storage.load().acceptedIndex()).isEqualTo(5);
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> storage.entries(0, 5, 1000))
				.withMessageContaining("entries at 0 is damaged");
		}
	}

	@Test
	void anEntryInTheWrongPlaceIsNotRead() {
		damage("update omnipaxos_entries set first_index = 1");

		try (StorageFactory factory = open(h2("")); Storage storage = factory.open("accounts")) {
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> storage.entries(1, 5, 1000))
				.withMessageContaining("entries at 1 is damaged");
		}
	}

	@Test
	void aDamagedStateIsNotOpened() {
		damage("update omnipaxos_log set header = header || X'00'");

		try (StorageFactory factory = open(h2(""))) {
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> factory.open("accounts"))
				.withMessageContaining("state");
		}
	}

	@Test
	void aLogInThePlaceOfAnotherIsNotOpened() {
		damage("update omnipaxos_log set log_name = 'orders'");

		try (StorageFactory factory = open(h2(""))) {
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> factory.open("orders"))
				.withMessageContaining("state of log accounts, number 1, is in the place of that of log orders");
		}
	}

	@Test
	void rowsThatAreGoneAreMissed() {
		SnapshotId snapshot = new SnapshotId(0, 3);
		Schemas.create(h2(""), "h2");
		try (StorageFactory factory = open(h2("")); Storage storage = factory.open("accounts")) {
			storage.write(List.of(new Append(0, commands(0, 5)), new SetDecided(4, sessions(4, 1)),
					new StageSnapshot(snapshot, 0, bytes(600_000, 1)), new InstallSnapshot(snapshot, sessions(3, 1))));
			LogRows.execute(h2(""), "delete from omnipaxos_entries");
			LogRows.execute(h2(""), "delete from omnipaxos_snapshot where byte_offset > 0");

			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> storage.entries(3, 5, 1000))
				.withMessageContaining("entry 3 is missing");
			assertThat(storage.snapshot(snapshot, 0, 1000)).isEqualTo(bytes(600_000, 1).slice(0, 1000));
			assertThatExceptionOfType(StorageException.class)
				.isThrownBy(() -> storage.snapshot(snapshot, 300_000, 1000))
				.withMessageContaining("byte 300000 is missing");
		}
	}

	private void damage(String sql) {
		Schemas.create(h2(""), "h2");
		try (StorageFactory factory = open(h2("")); Storage storage = factory.open("accounts")) {
			storage.write(List.of(new Append(0, commands(0, 5))));
		}
		LogRows.execute(h2(""), sql);
	}

	@Test
	void aDatabaseThatCannotBeWrittenIsNotOpened() {
		Schemas.create(h2(""), "h2");
		open(h2("")).close();

		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> open(h2(";ACCESS_MODE_DATA=r")).open("accounts"))
			.withMessageContaining("read only");
	}

	@Test
	void aTableThatIsGoneFailsTheWriteAndNotTheLog() {
		Schemas.create(h2(""), "h2");
		try (StorageFactory factory = open(h2("")); Storage storage = factory.open("accounts")) {
			storage.write(List.of(new Append(0, commands(0, 5))));
			LogRows.execute(h2(""), "alter table omnipaxos_entries rename to elsewhere");
			assertThatExceptionOfType(StorageException.class)
				.isThrownBy(() -> storage.write(List.of(new Append(5, commands(5, 7)))))
				.withMessageContaining("a table is missing");
			LogRows.execute(h2(""), "alter table elsewhere rename to omnipaxos_entries");
		}

		try (StorageFactory factory = open(h2("")); Storage storage = factory.open("accounts")) {
			assertThat(storage.load().acceptedIndex()).isEqualTo(5);
			assertThat(storage.entries(0, 10, 1000)).isEqualTo(commands(0, 5));
			storage.write(List.of(new Append(5, commands(5, 7))));
		}
	}

	@Test
	void aDamagedEntryIsNotReadFromPostgreSqlEither() {
		JdbcConnectionPool pool = JdbcConnectionPool.create(Postgres.newSchema());
		Schemas.create(pool, "postgresql");
		try (StorageFactory factory = open(pool); Storage storage = factory.open("accounts")) {
			storage.write(List.of(new Append(0, commands(0, 5))));
			LogRows.execute(pool, "update omnipaxos_entries set data = data || '\\x00'::bytea");

			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> storage.entries(0, 5, 1000))
				.withMessageContaining("entries at 0 is damaged");
		}
		finally {
			pool.dispose();
		}
	}

	/** As a standby is. */
	@Test
	void aServerThatCannotBeWrittenIsNotOpened() {
		PGConnectionPoolDataSource server = Postgres.newSchema();
		JdbcConnectionPool pool = JdbcConnectionPool.create(server);
		Schemas.create(pool, "postgresql");
		open(pool).close();
		pool.dispose();
		server.setOptions("-c default_transaction_read_only=on");
		JdbcConnectionPool readOnly = JdbcConnectionPool.create(server);
		try {
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> open(readOnly).open("accounts"))
				.withMessageContaining("read-only transaction");
		}
		finally {
			readOnly.dispose();
		}
	}

	@Test
	void aTableThatIsGoneFromPostgreSqlFailsTheWriteAndNotTheLog() {
		JdbcConnectionPool pool = JdbcConnectionPool.create(Postgres.newSchema());
		Schemas.create(pool, "postgresql");
		try {
			try (StorageFactory factory = open(pool); Storage storage = factory.open("accounts")) {
				storage.write(List.of(new Append(0, commands(0, 5))));
				LogRows.execute(pool, "alter table omnipaxos_entries rename to elsewhere");
				assertThatExceptionOfType(StorageException.class)
					.isThrownBy(() -> storage.write(List.of(new Append(5, commands(5, 7)))))
					.withMessageContaining("a table is missing");
				LogRows.execute(pool, "alter table elsewhere rename to omnipaxos_entries");
			}
			try (StorageFactory factory = open(pool); Storage storage = factory.open("accounts")) {
				storage.write(List.of(new Append(5, commands(5, 7))));
				assertThat(storage.entries(0, 10, 1000)).isEqualTo(commands(0, 7));
			}
		}
		finally {
			pool.dispose();
		}
	}

	@Test
	void whatCannotBeWrittenIsNotShown() {
		JdbcConnectionPool pool = JdbcConnectionPool.create(Postgres.newSchema());
		Schemas.create(pool, "postgresql");
		try (StorageFactory factory = open(pool); Storage storage = factory.open("accounts")) {
			LogRows.execute(pool, "alter table omnipaxos_entries drop column part");

			assertThatExceptionOfType(StorageException.class)
				.isThrownBy(() -> storage.write(List.of(new Append(0, commands(0, 5)))))
				.satisfies((failure) -> assertThat(Throwables.getStackTrace(failure)).contains("\"part\"")
					.doesNotContain("insert into", "bytea"));
		}
		finally {
			pool.dispose();
		}
	}

	/** The server ends the session, as it does when it is restarted or fails over. */
	@Test
	void aSessionThatPostgreSqlEndsIsReplaced() {
		JdbcConnectionPool pool = JdbcConnectionPool.create(Postgres.newSchema());
		Schemas.create(pool, "postgresql");
		try (StorageFactory factory = open(pool); Storage storage = factory.open("accounts")) {
			storage.write(List.of(new Append(0, commands(0, 5))));
			Postgres.execute("select pg_terminate_backend(pid) from pg_stat_activity "
					+ "where pid <> pg_backend_pid() and backend_type = 'client backend'");
			storage.write(List.of(new Append(5, commands(5, 7))));

			assertThat(storage.entries(0, 10, 1000)).isEqualTo(commands(0, 7));
		}
		finally {
			pool.dispose();
		}
	}

	/** What looks like an open database session of its owner after the owner crashed. */
	@Test
	void anOwnerOfAnEarlierLifeIsNoOwner() {
		Schemas.create(h2(""), "h2");
		open(h2("")).open("accounts").close();
		LogRows.execute(h2(""), "update omnipaxos_log set owner = '1@17000000'");

		try (StorageFactory factory = open(h2("")); Storage storage = factory.open("accounts")) {
			storage.write(List.of(new Append(0, commands(0, 5))));
		}
	}

	private static StorageFactory open(DataSource dataSource) {
		return new JdbcStorageFactory(dataSource, "bank", NODE);
	}

	private DataSource h2(String settings) {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setUrl("jdbc:h2:file:" + this.directory.resolve("node") + settings);
		return dataSource;
	}

}
