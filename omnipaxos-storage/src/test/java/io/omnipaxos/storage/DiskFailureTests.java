package io.omnipaxos.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.storage.jdbc.Postgres;
import io.omnipaxos.test.storage.SmallDisk;
import io.omnipaxos.test.storage.StorageSamples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGConnectionPoolDataSource;

import static io.omnipaxos.test.storage.StorageSamples.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A disk that takes no more, under a storage at work: the write fails and says why, and
 * once the disk is well again everything is there that was written before.
 */
class DiskFailureTests {

	private static final String LOG = "accounts";

	private static final int ENTRY_BYTES = 100_000;

	private static final int MOST_WRITES = 2_000;

	@TempDir
	private Path directory;

	private SmallDisk disk;

	private long written;

	@BeforeEach
	void createDisk() throws IOException {
		this.disk = SmallDisk.create(this.directory, 160);
	}

	@AfterEach
	void removeDisk() throws IOException {
		if (this.disk != null) {
			this.disk.close();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "H2", "ROCKSDB" })
	void aFullDiskFailsTheWriteAndLosesNothing(Storages kind) throws IOException {
		failsOnAFullDiskAndGoesOn(kind, place());
	}

	/** Its tables' disk; one that is full with its own log ends the server. */
	@Test
	void aFullDiskOfPostgreSqlFailsTheWriteAndLosesNothing() throws IOException {
		PGConnectionPoolDataSource database = Postgres
			.newSchemaIn(Files.createDirectory(this.disk.path().resolve("data")));
		try {
			failsOnAFullDiskAndGoesOn(Storages.POSTGRESQL, database.getUrl());
		}
		finally {
			Postgres.drop(database);
		}
	}

	private void failsOnAFullDiskAndGoesOn(Storages kind, String place) throws IOException {
		try (StorageFactory factory = kind.open(place); Storage storage = factory.open(LOG)) {
			writeSome(storage);
			this.disk.fill();
			assertThat(failureOf(storage)).hasMessageContaining("No space left on device");
		}
		this.disk.free();

		goesOn(kind, place);
	}

	@ParameterizedTest
	@EnumSource(names = { "H2", "ROCKSDB" })
	void aFileSystemThatBecomesReadOnlyFailsTheWriteAndLosesNothing(Storages kind) throws IOException {
		try (StorageFactory factory = kind.open(place()); Storage storage = factory.open(LOG)) {
			writeSome(storage);
			this.disk.makeReadOnly();
			assertThat(failureOf(storage)).hasMessageContaining("Read-only file system");
		}
		this.disk.repair();

		goesOn(kind, place());
	}

	private String place() {
		return this.disk.path().resolve("data").toString();
	}

	private void writeSome(Storage storage) {
		for (int i = 0; i < 10; i++) {
			write(storage);
		}
	}

	private void write(Storage storage) {
		storage.write(List.of(new Append(this.written,
				List.of(command(this.written, StorageSamples.bytes(ENTRY_BYTES, (int) this.written))))));
		this.written++;
	}

	/** Writes until it fails, which may take what the storage had made room for. */
	private StorageException failureOf(Storage storage) {
		return catchThrowableOfType(StorageException.class, () -> {
			for (int i = 0; i < MOST_WRITES; i++) {
				write(storage);
			}
		});
	}

	/** A write that failed may be there all the same. */
	private void goesOn(Storages kind, String place) {
		try (StorageFactory factory = kind.open(place); Storage storage = factory.open(LOG)) {
			assertThat(storage.load().acceptedIndex()).isBetween(this.written, this.written + 1);
			this.written = storage.load().acceptedIndex();
			write(storage);
			for (long index = 0; index < this.written; index++) {
				assertThat(storage.entries(index, index + 1, 1))
					.containsExactly(command(index, StorageSamples.bytes(ENTRY_BYTES, (int) index)));
			}
		}
	}

}
