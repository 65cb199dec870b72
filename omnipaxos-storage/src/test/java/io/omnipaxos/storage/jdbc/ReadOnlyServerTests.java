package io.omnipaxos.storage.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;

import static io.omnipaxos.test.storage.StorageSamples.commands;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A server that lets nobody write, as one does in a fail-over until it is the first. */
class ReadOnlyServerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final AtomicInteger connections = new AtomicInteger();

	@Test
	void aWriteWaitsUntilPostgreSqlTakesWrites() {
		PGConnectionPoolDataSource schema = Postgres.newSchema();
		String role = schema.getCurrentSchema();
		PGSimpleDataSource administrator = new PGSimpleDataSource();
		administrator.setUrl(schema.getUrl());
		administrator.setUser(Postgres.USER);
		Schemas.create(administrator, "postgresql");
		Postgres.execute("create role %s login".formatted(role));
		Postgres.execute("grant all on schema %1$s to %1$s".formatted(role));
		Postgres.execute("grant all on all tables in schema %1$s to %1$s".formatted(role));
		PGSimpleDataSource server = new PGSimpleDataSource();
		server.setUrl(schema.getUrl());
		server.setUser(role);

		isWaitedFor(server, () -> {
			Postgres.execute("alter role %s set default_transaction_read_only = on".formatted(role));
			Postgres
				.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = '%s'".formatted(role));
		}, () -> Postgres.execute("alter role %s reset default_transaction_read_only".formatted(role)));
	}

	/**
	 * A trigger says so: to the server of these tests every user is one whom its option
	 * lets write.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 1290, 1836 })
	void aWriteWaitsUntilMariaDbTakesWrites(int error) {
		MariaDbDataSource server = MariaDb.dataSource(MariaDb.newDatabase());
		Schemas.create(server, "mariadb");
		LogRows.execute(server, "create table option_read_only (value integer)");
		LogRows.execute(server, """
				create trigger refuse before update on omnipaxos_log for each row
				if exists (select * from option_read_only) then
					signal sqlstate 'HY000' set mysql_errno = %d, message_text = 'running with --read-only';
				end if""".formatted(error));

		isWaitedFor(server, () -> LogRows.execute(server, "insert into option_read_only values (1)"),
				() -> LogRows.execute(server, "delete from option_read_only"));
	}

	private void isWaitedFor(DataSource server, Runnable stopWrites, Runnable takeWrites) {
		try (StorageFactory factory = new JdbcStorageFactory(counting(server), "bank", new NodeId(1));
				Storage storage = factory.open("accounts")) {
			storage.write(List.of(new Append(0, commands(0, 5))));
			stopWrites.run();
			int before = this.connections.get();
			CompletableFuture<Void> write = CompletableFuture
				.runAsync(() -> storage.write(List.of(new Append(5, commands(5, 7)))));
			await().atMost(PATIENCE).until(() -> write.isDone() || this.connections.get() > before + 2);

			takeWrites.run();

			assertThat(write).succeedsWithin(PATIENCE);
			assertThat(storage.entries(0, 100, 1000)).isEqualTo(commands(0, 7));
		}
	}

	private DataSource counting(DataSource dataSource) {
		return (DataSource) Proxy.newProxyInstance(DataSource.class.getClassLoader(),
				new Class<?>[] { DataSource.class }, (proxy, method, arguments) -> {
					this.connections.incrementAndGet();
					try {
						return method.invoke(dataSource, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

}
