package io.omnipaxos.storage.jdbc;

import java.nio.file.Path;
import java.util.List;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.core.storage.StorageOp.SetPromise;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.omnipaxos.test.storage.StorageSamples.ballot;
import static io.omnipaxos.test.storage.StorageSamples.bytes;
import static io.omnipaxos.test.storage.StorageSamples.command;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads run on the threads of callers, which may be interrupted, as by a request that was
 * cancelled. Java closes a file that a thread reads which is interrupted, and H2's files
 * are everybody's.
 */
class InterruptedReadTests {

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
		Thread.currentThread().interrupt();
		try {
			return storage.entries(index, index + 1, 1);
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
	}

	private static StorageFactory open(JdbcDataSource dataSource) {
		return new JdbcStorageFactory(dataSource, "bank", new NodeId(2));
	}

}
