package io.omnipaxos.storage.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.core.storage.StorageOp.SetDecided;
import io.omnipaxos.core.storage.StorageOp.SetPromise;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.omnipaxos.test.storage.StorageSamples.ballot;
import static io.omnipaxos.test.storage.StorageSamples.bytes;
import static io.omnipaxos.test.storage.StorageSamples.command;
import static io.omnipaxos.test.storage.StorageSamples.sessions;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logs are read, opened and closed by callers that may be interrupted, as by a request
 * that was cancelled. Java closes a file that an interrupted thread uses, and H2's files
 * are everybody's.
 */
class InterruptedCallerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int ENTRIES = 40;

	@TempDir
	private Path directory;

	/** What is read is not in H2's cache, as the database has just been opened. */
	@Test
	void aReaderThatIsInterruptedHarmsNobodyElse() {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setUrl("jdbc:h2:file:" + this.directory.resolve("node"));
		Schemas.create(dataSource, "h2");
		try (StorageFactory factory = open(dataSource); Storage storage = factory.open("accounts")) {
			for (int index = 0; index < ENTRIES; index++) {
				storage.write(List.of(new Append(index, List.of(command(index, bytes(500_000, index))))));
			}
		}

		try (StorageFactory factory = open(dataSource); Storage storage = factory.open("accounts")) {
			for (int index = 0; index < ENTRIES; index++) {
				assertThat(readInterrupted(storage, index)).containsExactly(command(index, bytes(500_000, index)));
			}
			storage.write(List.of(new SetPromise(ballot(7))));
		}
		try (StorageFactory factory = open(dataSource); Storage storage = factory.open("accounts")) {
			assertThat(storage.load().promise()).isEqualTo(ballot(7));
		}
	}

	private static List<Entry> readInterrupted(Storage storage, int index) {
		return interrupted(() -> storage.entries(index, index + 1, 1));
	}

	@Test
	void anInterruptedThreadThatOpensALogHarmsNobodyElse() throws SQLException {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setUrl("jdbc:h2:file:" + this.directory.resolve("node"));
		Schemas.create(dataSource, "h2");
		try (Connection application = dataSource.getConnection();
				StorageFactory factory = interrupted(() -> open(dataSource))) {
			assertThatItGoesOn(application);
			try (Storage storage = interrupted(() -> factory.open("accounts"))) {
				assertThatItGoesOn(application);
				storage.write(List.of(new SetPromise(ballot(7))));
			}
		}
	}

	/** The rows of these logs are too long to be all in H2's cache. */
	@Test
	void anInterruptedThreadThatClosesALogHarmsNobodyElse() throws SQLException {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setUrl("jdbc:h2:file:" + this.directory.resolve("node") + ";CACHE_SIZE=0");
		Schemas.create(dataSource, "h2");
		long[] pids = LongStream.range(Long.MAX_VALUE - 20_000, Long.MAX_VALUE).toArray();
		try (Connection application = dataSource.getConnection(); StorageFactory factory = open(dataSource)) {
			List<Storage> logs = IntStream.range(0, 20).mapToObj((log) -> factory.open("log" + log)).toList();
			logs.forEach((log) -> log.write(List.of(new Append(0, List.of(command(0, bytes(1, 0)))),
					new SetDecided(1, sessions(Long.MAX_VALUE, pids)))));
			for (Storage log : logs) {
				interrupted(() -> {
					log.close();
					return log;
				});
				assertThatItGoesOn(application);
			}
		}
	}

	private static void assertThatItGoesOn(Connection application) {
		assertThat(CompletableFuture.runAsync(() -> {
			try (Statement statement = application.createStatement()) {
				statement.execute("update omnipaxos_identity set id = 1");
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		})).succeedsWithin(PATIENCE);
	}

	private static <T> T interrupted(Supplier<T> call) {
		Thread.currentThread().interrupt();
		try {
			return call.get();
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	private static StorageFactory open(JdbcDataSource dataSource) {
		return new JdbcStorageFactory(dataSource, "bank", new NodeId(2));
	}

}
