package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGConnectionPoolDataSource;

import static io.omnipaxos.test.storage.StorageSamples.commands;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who owns a log, on a server that others use, too: a role sees little of the sessions of
 * another.
 */
class PostgresOwnershipTests {

	private final PGConnectionPoolDataSource database = Postgres.newSchema();

	private JdbcConnectionPool administrator;

	private JdbcConnectionPool pool;

	@BeforeEach
	void open() {
		this.database.setApplicationName(this.database.getCurrentSchema());
		this.administrator = JdbcConnectionPool.create(this.database);
		Schemas.create(this.administrator, "postgresql");
		this.pool = JdbcConnectionPool.create(ofARoleOfItsOwn());
	}

	private PGConnectionPoolDataSource ofARoleOfItsOwn() {
		String role = this.database.getCurrentSchema();
		Postgres.execute("create role %s login".formatted(role));
		Postgres.execute("grant all on schema %1$s to %1$s".formatted(role));
		Postgres.execute("grant all on all tables in schema %1$s to %1$s".formatted(role));
		PGConnectionPoolDataSource limited = new PGConnectionPoolDataSource();
		limited.setUrl(this.database.getUrl());
		limited.setUser(role);
		return limited;
	}

	@AfterEach
	void close() {
		this.pool.dispose();
		this.administrator.dispose();
	}

	/** Backends get the same process ids again soon after a server's machine started. */
	@Test
	void anOwnerOfAnEarlierLifeIsNoOwnerThoughAnotherRolesSessionHasItsProcessIdNow() throws SQLException {
		try (StorageFactory factory = open(this.pool); Storage storage = factory.open("accounts")) {
			storage.write(List.of(new Append(0, commands(0, 5))));
		}
		try (Connection foreign = this.administrator.getConnection()) {
			LogRows.execute(this.administrator, "update omnipaxos_log set owner = '%d@1700000000.123456'"
				.formatted(foreign.unwrap(PGConnection.class).getBackendPID()));

			try (StorageFactory factory = open(this.pool); Storage storage = factory.open("accounts")) {
				assertThat(storage.entries(0, 10, 1000)).isEqualTo(commands(0, 5));
			}
		}
	}

	@Test
	void anOwnerOfAnotherRoleIsNoticed() {
		try (StorageFactory factory = open(this.administrator); Storage storage = factory.open("accounts")) {
			storage.write(List.of(new Append(0, commands(0, 5))));

			try (StorageFactory second = open(this.pool)) {
				assertThatExceptionOfType(StorageException.class).isThrownBy(() -> second.open("accounts"))
					.withMessageContaining("is open elsewhere, in the database session %d@", processIdOfTheOwner());
			}
			storage.write(List.of(new Append(5, commands(5, 7))));
		}
	}

	private long processIdOfTheOwner() {
		return Postgres.count("select pid from pg_locks join pg_stat_activity using (pid) where locktype = 'advisory' "
				+ "and application_name = '%s'".formatted(this.database.getApplicationName()));
	}

	@Test
	void anOwnerWhoseSessionTheServerEndedIsNoOwner() {
		try (StorageFactory factory = open(this.pool); Storage storage = factory.open("accounts")) {
			storage.write(List.of(new Append(0, commands(0, 5))));
			Postgres.count("select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = '%s'"
				.formatted(this.database.getCurrentSchema()));

			try (StorageFactory other = open(this.administrator); Storage second = other.open("accounts")) {
				assertThat(second.entries(0, 10, 1000)).isEqualTo(commands(0, 5));
				assertThatExceptionOfType(StorageException.class)
					.isThrownBy(() -> storage.write(List.of(new Append(5, commands(5, 7)))))
					.withMessageContaining("another process");
			}
		}
	}

	private static StorageFactory open(JdbcConnectionPool pool) {
		return new JdbcStorageFactory(pool, "bank", new NodeId(1));
	}

}
