package io.omnipaxos.autoconfigure.actuate;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.autoconfigure.actuate.ActuatorAutoConfigurationTests.Words;
import io.omnipaxos.autoconfigure.jdbc.OmniPaxosJdbcStorageAutoConfiguration;
import io.omnipaxos.autoconfigure.log.OmniPaxosLogAutoConfiguration;
import io.omnipaxos.autoconfigure.rocksdb.OmniPaxosRocksDbStorageAutoConfiguration;
import io.omnipaxos.core.LogEntry;
import io.omnipaxos.node.Appended;
import io.omnipaxos.node.ReplicaStoppedException;
import io.omnipaxos.node.ReplicatedLog;
import io.omnipaxos.test.storage.SmallDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose node's storage fails: it lives on, says what is wrong, and has
 * everything that was answered once it is started again.
 */
class FailingStorageTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final int MOST_APPENDS = 500;

	@TempDir
	private Path directory;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OmniPaxosAutoConfiguration.class, OmniPaxosLogAutoConfiguration.class,
				OmniPaxosHealthContributorAutoConfiguration.class, OmniPaxosRocksDbStorageAutoConfiguration.class))
		.withUserConfiguration(Words.class)
		.withPropertyValues("omnipaxos.server.pid=1", "omnipaxos.cluster.nodes=1", "omnipaxos.election-timeout=50ms");

	@Test
	void aTableThatIsGoneFailsTheLogAndNotTheApplication() {
		ApplicationContextRunner application = this.contextRunner
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
					JdbcTemplateAutoConfiguration.class, OmniPaxosJdbcStorageAutoConfiguration.class))
			.withPropertyValues("omnipaxos.storage.jdbc.initialize-schema=always",
					"spring.datasource.url=jdbc:h2:file:" + this.directory.resolve("node"));
		application.run((context) -> {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			assertThat(log(context).append("a")).succeedsWithin(PATIENCE).isEqualTo(new Appended(0));
			jdbc.execute("alter table omnipaxos_entries rename to elsewhere");

			assertThat(log(context).append("b")).failsWithin(PATIENCE);
			assertStopped(log(context));
			assertDown(context, "the storage has failed: Log words can't be written: a table is missing. "
					+ "Set omnipaxos.storage.jdbc.initialize-schema=always");
			assertThat(jdbc.queryForObject("select count(*) from elsewhere", Long.class)).isOne();
			jdbc.execute("alter table elsewhere rename to omnipaxos_entries");
		});

		application.run((context) -> {
			assertThat(log(context).append("d")).succeedsWithin(PATIENCE).isEqualTo(new Appended(1));
			assertThat(log(context).readDecidedSuffix(0))
				.hasValue(List.of(new LogEntry.Decided<>(0, "a"), new LogEntry.Decided<>(1, "d")));
			NodeHealth.awaitUp(context, PATIENCE);
		});
	}

	@Test
	void aFullDiskFailsTheLogAndNotTheApplication() throws IOException {
		try (SmallDisk disk = SmallDisk.create(this.directory, 160)) {
			ApplicationContextRunner application = this.contextRunner.withPropertyValues(
					"omnipaxos.storage.type=rocksdb", "omnipaxos.storage.rocksdb.path=" + disk.path().resolve("node"));
			application.run((context) -> {
				assertThat(log(context).append("a")).succeedsWithin(PATIENCE).isEqualTo(new Appended(0));
				disk.fill();
				appendUntilItFails(log(context));

				assertStopped(log(context));
				assertDown(context, "the storage has failed: RocksDB can't be written", "No space left on device");
				assertThat(context.isActive()).isTrue();
			});
			disk.free();

			application.run((context) -> {
				assertThat(log(context).append("d")).succeedsWithin(PATIENCE);
				assertThat(log(context).read(0)).hasValue(new LogEntry.Decided<>(0, "a"));
				NodeHealth.awaitUp(context, PATIENCE);
			});
		}
	}

	/** It may take what the storage had made room for. */
	private static void appendUntilItFails(ReplicatedLog<String> log) {
		String large = "b".repeat(500_000);
		int appends = 0;
		while (appends < MOST_APPENDS && succeeds(log, large)) {
			appends++;
		}
		assertThat(appends).isLessThan(MOST_APPENDS);
	}

	private static boolean succeeds(ReplicatedLog<String> log, String text) {
		return log.append(text).handle((appended, failure) -> failure == null).join();
	}

	private static void assertStopped(ReplicatedLog<String> log) {
		assertThat(log.append("c")).failsWithin(PATIENCE)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(ReplicaStoppedException.class);
	}

	private static void assertDown(ApplicationContext context, String... reasons) {
		Health health = NodeHealth.of(context);
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails().get("logs")).asString().contains(reasons);
	}

	private static ReplicatedLog<String> log(ApplicationContext context) {
		return context.getBean(Words.class).log;
	}

}
