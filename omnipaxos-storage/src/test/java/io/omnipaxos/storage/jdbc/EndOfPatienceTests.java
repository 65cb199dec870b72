package io.omnipaxos.storage.jdbc;

import java.lang.reflect.Proxy;
import java.sql.SQLTransientConnectionException;
import java.util.List;

import javax.sql.DataSource;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.storage.jdbc.FaultyDataSource.Fault;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.storage.StorageSamples.commands;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A database that is away is waited for no longer than the log is wanted. */
class EndOfPatienceTests {

	private final JdbcDataSource database = H2.newDatabase();

	private boolean away;

	private int attempts;

	@BeforeEach
	void create() {
		Schemas.create(this.database, "h2");
	}

	@Test
	void aWriteIsNotTriedAgainOnceTheLogIsToBeClosed() {
		Storage[] open = new Storage[1];
		FaultyDataSource faulty = new FaultyDataSource(leaving(() -> {
			if (this.attempts == 3) {
				open[0].endPatience();
			}
		}));
		try (StorageFactory factory = new JdbcStorageFactory(faulty.dataSource(), "bank", new NodeId(1));
				Storage storage = factory.open("accounts")) {
			open[0] = storage;
			storage.load();
			storage.write(List.of(new Append(0, commands(0, 5))));
			this.away = true;
			faulty.failAt(1, Fault.STATEMENT_LOST);
			assertThatExceptionOfType(StorageException.class)
				.isThrownBy(() -> storage.write(List.of(new Append(5, commands(5, 7)))))
				.withMessageContaining("away");
			assertThat(this.attempts).isEqualTo(3);
		}
	}

	/** Returns the database, which gives out no connection while it is away. */
	private DataSource leaving(Runnable onAttempt) {
		return (DataSource) Proxy.newProxyInstance(EndOfPatienceTests.class.getClassLoader(),
				new Class<?>[] { DataSource.class }, (proxy, method, arguments) -> {
					if (this.away) {
						this.attempts++;
						onAttempt.run();
						throw new SQLTransientConnectionException("away", "08001");
					}
					return method.invoke(this.database, arguments);
				});
	}

}
