package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import javax.sql.DataSource;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.storage.jdbc.FaultyDataSource.Fault;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

import static io.omnipaxos.test.storage.StorageSamples.commands;
import static org.assertj.core.api.Assertions.assertThat;

/** What the application finds in a pool that puts nothing in order itself. */
class LentConnectionTests {

	@Test
	void aConnectionOnWhichAWriteHadToGiveWayCommitsByItselfAgain() throws SQLException {
		try (CarelessPool pool = new CarelessPool(H2.newDatabase())) {
			Schemas.create(pool.dataSource(), "h2");
			FaultyDataSource faulty = new FaultyDataSource(pool.dataSource());
			try (StorageFactory factory = open(faulty.dataSource()); Storage storage = factory.open("accounts")) {
				addConnection(pool);
				faulty.failAt(1, Fault.DEADLOCK);
				storage.write(List.of(new Append(0, commands(0, 5))));

				assertThat(faulty.hasFailed()).isTrue();
				assertThat(pool.idle()).hasSize(1);
				assertThatAllCommitByThemselves(pool, true);
			}
			assertThatAllCommitByThemselves(pool, true);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionsCommitAsBeforeWhenALogIsClosed(boolean autoCommit) throws SQLException {
		JdbcDataSource database = H2.newDatabase();
		Schemas.create(database, "h2");
		try (CarelessPool pool = new CarelessPool(database)) {
			try (Connection first = pool.dataSource().getConnection();
					Connection second = pool.dataSource().getConnection()) {
				first.setAutoCommit(autoCommit);
				second.setAutoCommit(autoCommit);
			}
			try (StorageFactory factory = open(pool.dataSource()); Storage storage = factory.open("accounts")) {
				storage.write(List.of(new Append(0, commands(0, 5))));
				assertThat(storage.entries(0, 10, 1000)).isEqualTo(commands(0, 5));
			}
			assertThatAllCommitByThemselves(pool, autoCommit);
		}
	}

	@Test
	void sessionsOnPostgreSqlAreLeftAsTheyWere() throws SQLException {
		PGSimpleDataSource database = new PGSimpleDataSource();
		database.setUrl(Postgres.newSchema().getUrl());
		database.setUser(Postgres.USER);
		database.setOptions("-c synchronous_commit=off -c idle_session_timeout=1h -c tcp_keepalives_idle=100 "
				+ "-c tcp_keepalives_interval=50 -c tcp_keepalives_count=7");
		Schemas.create(database, "postgresql");

		areLeftAsTheyWere(database,
				"select string_agg(setting, ' ' order by name) || ' ' "
						+ "|| (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) "
						+ "from pg_settings where name in ('synchronous_commit', 'idle_session_timeout', "
						+ "'tcp_keepalives_idle', 'tcp_keepalives_interval', 'tcp_keepalives_count')");
	}

	@Test
	void sessionsOnMariaDbAreLeftAsTheyWere() throws SQLException {
		MariaDbDataSource database = MariaDb.dataSource(MariaDb.newDatabase() + "&sessionVariables=wait_timeout=1000");
		Schemas.create(database, "mariadb");

		areLeftAsTheyWere(database, "select @@session.wait_timeout");
	}

	private static void areLeftAsTheyWere(DataSource database, String settings) throws SQLException {
		try (CarelessPool pool = new CarelessPool(database)) {
			String before = ask(pool, settings);
			int isolation = pool.idle().element().getTransactionIsolation();
			try (StorageFactory factory = open(pool.dataSource())) {
				assertThat(ask(pool, settings)).isEqualTo(before);
				factory.rememberPeer(new NodeId(2), "met");
				assertThat(ask(pool, settings)).isEqualTo(before);
				try (Storage storage = factory.open("accounts")) {
					storage.write(List.of(new Append(0, commands(0, 5))));
				}
			}
			assertThat(pool.idle()).hasSize(1);
			assertThat(ask(pool, settings)).isEqualTo(before);
			assertThat(pool.idle().element().getTransactionIsolation()).isEqualTo(isolation);
		}
	}

	private static String ask(CarelessPool pool, String question) throws SQLException {
		try (Connection connection = pool.dataSource().getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(question)) {
			row.next();
			return row.getString(1);
		}
	}

	/** So that the writer, too, can have another one next. */
	private static void addConnection(CarelessPool pool) throws SQLException {
		pool.dataSource().getConnection().close();
	}

	private static void assertThatAllCommitByThemselves(CarelessPool pool, boolean expected) {
		assertThat(pool.idle()).allSatisfy((connection) -> assertThat(connection.getAutoCommit()).isEqualTo(expected));
	}

	private static StorageFactory open(DataSource dataSource) {
		return new JdbcStorageFactory(dataSource, "bank", new NodeId(1));
	}

}
