package io.omnipaxos.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.omnipaxos.storage.jdbc.Postgres;
import io.omnipaxos.test.storage.SmallDisk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGConnectionPoolDataSource;

/**
 * A disk that takes no more, under a node at work: the node stops answering and says why,
 * and goes on where it was when it is started again on a disk that is well.
 */
class NodeDiskFailureTests {

	private static final int MEGABYTES = 160;

	private final AnsweredAppends appends = new AnsweredAppends(100_000);

	@TempDir
	private Path directory;

	private SmallDisk disk;

	@BeforeEach
	void createDisk() throws IOException {
		this.disk = SmallDisk.create(this.directory, MEGABYTES);
	}

	@AfterEach
	void removeDisk() throws IOException {
		if (this.disk != null) {
			this.disk.close();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "H2", "ROCKSDB" })
	void aNodeStopsOnAFullDiskAndGoesOnWhenThereIsRoom(Storages kind) throws IOException {
		stopsOnAFullDiskAndGoesOn(kind, place());
	}

	@Test
	void aNodeStopsOnAFullDiskOfPostgreSqlAndGoesOnWhenThereIsRoom() throws IOException {
		PGConnectionPoolDataSource database = Postgres
			.newSchemaIn(Files.createDirectory(this.disk.path().resolve("data")));
		try {
			stopsOnAFullDiskAndGoesOn(Storages.POSTGRESQL, database.getUrl());
		}
		finally {
			Postgres.drop(database);
		}
	}

	private void stopsOnAFullDiskAndGoesOn(Storages kind, String place) throws IOException {
		try (LoneNode node = LoneNode.start(kind.open(place))) {
			this.appends.append(node, 10);
			this.disk.fill();
			this.appends.appendUntilTheStorageFails(node, "No space left on device");
		}
		this.disk.free();

		goesOn(kind, place);
	}

	@ParameterizedTest
	@EnumSource(names = { "H2", "ROCKSDB" })
	void aNodeStopsOnAReadOnlyDiskAndGoesOnWhenItIsRepaired(Storages kind) throws IOException {
		try (LoneNode node = LoneNode.start(kind.open(place()))) {
			this.appends.append(node, 10);
			this.disk.makeReadOnly();
			this.appends.appendUntilTheStorageFails(node, "Read-only file system");
		}
		this.disk.repair();

		goesOn(kind, place());
	}

	private String place() {
		return this.disk.path().resolve("data").toString();
	}

	private void goesOn(Storages kind, String place) {
		for (int life = 0; life < 2; life++) {
			try (LoneNode node = LoneNode.start(kind.open(place))) {
				this.appends.assertAreThere(node);
				this.appends.append(node, 2);
			}
		}
	}

}
