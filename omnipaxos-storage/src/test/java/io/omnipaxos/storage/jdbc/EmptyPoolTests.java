package io.omnipaxos.storage.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageUnavailableException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Pools that have no connection left, each of which says so in its own way. */
class EmptyPoolTests {

	private final AtomicLong nanos = new AtomicLong();

	/** As Apache DBCP does; Tomcat's pool says it by an exception of its own. */
	@Test
	void anEmptyPoolThatGivesNoStateIsNoDamage() {
		Database database = database((proxy, method, arguments) -> {
			throw empty();
		});

		assertThatExceptionOfType(StorageUnavailableException.class)
			.isThrownBy(() -> database.read("It can't be read", Connection::getCatalog))
			.withMessage("It can't be read: Cannot get a connection, pool error Timeout waiting for idle object");
	}

	@Test
	void aPoolThatIsEmptyForAMomentIsAskedAgain() {
		JdbcDataSource real = new JdbcDataSource();
		real.setUrl("jdbc:h2:mem:" + UUID.randomUUID());
		AtomicInteger calls = new AtomicInteger();
		Database database = database((proxy, method, arguments) -> {
			if (calls.incrementAndGet() == 1) {
				throw empty();
			}
			return real.getConnection();
		});

		String product = database.read("It can't be read",
				(connection) -> connection.getMetaData().getDatabaseProductName());

		assertThat(product).isEqualTo("H2");
	}

	/** A statement that fails without a state is another matter. */
	@Test
	void aConnectionThatIsThereAndFailsWithoutAStateIsNotAskedAgain() {
		JdbcDataSource real = new JdbcDataSource();
		real.setUrl("jdbc:h2:mem:" + UUID.randomUUID());
		AtomicInteger calls = new AtomicInteger();

		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> database((proxy, method, arguments) -> real.getConnection()).read("It can't be read",
					(connection) -> {
						calls.incrementAndGet();
						throw new SQLException("No result");
					}))
			.isExactlyInstanceOf(StorageException.class);
		assertThat(calls).hasValue(1);
	}

	private SQLException empty() {
		this.nanos.addAndGet(Duration.ofSeconds(6).toNanos());
		return new SQLException("Cannot get a connection, pool error Timeout waiting for idle object",
				new NoSuchElementException("Timeout waiting for idle object"));
	}

	private Database database(InvocationHandler pool) {
		DataSource dataSource = (DataSource) Proxy.newProxyInstance(EmptyPoolTests.class.getClassLoader(),
				new Class<?>[] { DataSource.class }, pool);
		return new Database(dataSource, new UnknownDialect("test"), this.nanos::get);
	}

}
