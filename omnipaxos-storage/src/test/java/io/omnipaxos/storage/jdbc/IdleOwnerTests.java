package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

import static io.omnipaxos.test.storage.StorageSamples.commands;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Servers end sessions that have done nothing for a while, as that of a log has into
 * which nobody writes. It stays its owner's.
 */
class IdleOwnerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/** Whoever is asked is not idle. */
	private static final Duration LONGER_THAN_THE_SERVER_WAITS = Duration.ofSeconds(2);

	@Test
	void aLogOnMariaDbKeepsItsOwner() throws SQLException {
		String url = MariaDb.newDatabase();
		Schemas.create(MariaDb.dataSource(url), "mariadb");

		keepsItsOwner(MariaDb.dataSource(url + "&sessionVariables=wait_timeout=1"), MariaDb.dataSource(url));
	}

	@Test
	void aLogOnPostgreSqlKeepsItsOwner() throws SQLException {
		PGSimpleDataSource patient = new PGSimpleDataSource();
		patient.setUrl(Postgres.newSchema().getUrl());
		patient.setUser(Postgres.USER);
		Schemas.create(patient, "postgresql");
		PGSimpleDataSource impatient = new PGSimpleDataSource();
		impatient.setUrl(patient.getUrl());
		impatient.setUser(Postgres.USER);
		impatient.setOptions("-c idle_session_timeout=1s");

		keepsItsOwner(impatient, patient);
	}

	private static void keepsItsOwner(DataSource impatient, DataSource patient) throws SQLException {
		try (StorageFactory factory = open(impatient);
				Storage storage = factory.open("accounts");
				Connection bystander = impatient.getConnection()) {
			storage.write(List.of(new Append(0, commands(0, 5))));
			assertThat(bystander.isValid(1)).isTrue();
			await().atMost(PATIENCE).pollInterval(LONGER_THAN_THE_SERVER_WAITS).until(() -> !bystander.isValid(1));

			try (StorageFactory second = open(patient)) {
				assertThatExceptionOfType(StorageException.class).isThrownBy(() -> second.open("accounts"))
					.withMessageContaining("is open elsewhere");
			}
			storage.write(List.of(new Append(5, commands(5, 7))));
			assertThat(storage.entries(0, 100, 1000)).isEqualTo(commands(0, 7));
		}
	}

	private static StorageFactory open(DataSource dataSource) {
		return new JdbcStorageFactory(dataSource, "bank", new NodeId(1));
	}

}
