package io.omnipaxos.storage.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.storage.format.EntryBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.omnipaxos.test.storage.StorageSamples.commands;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RocksDbFailureTests {

	@TempDir
	private Path directory;

	@Test
	void aPathThatIsNoDirectoryIsRefused() throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), "not a directory");

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> open(file))
			.withMessageContaining(file.toString());
	}

	@Test
	void directoriesAreCreated() {
		Path nested = this.directory.resolve("a/b/c");
		open(nested).close();

		assertThat(nested).isDirectory();
	}

	@Test
	void whatIsUsedAfterItWasClosedFails() {
		StorageFactory factory = open(this.directory.resolve("node"));
		Storage storage = factory.open("accounts");
		factory.close();

		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> storage.write(List.of(new Append(0, commands(0, 5)))))
			.withMessageContaining("closed");
		storage.close();
	}

	@Test
	void aDatabaseThatIsAtWorkWhenItIsToBeClosedIsClosedWhenThatIsDone() {
		Path node = this.directory.resolve("node");
		RocksDbDatabase database = RocksDbDatabase.open(node);
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> database.write((batch) -> {
			begun.countDown();
			await(goOn);
			batch.put(database.logs(), Keys.IDENTITY, new byte[1]);
		}), (task) -> new Thread(task, "writer").start());
		await(begun);

		assertThat(CompletableFuture.supplyAsync(() -> database.close(Duration.ofMillis(50))))
			.succeedsWithin(Duration.ofSeconds(20))
			.isEqualTo(false);

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> database.get(Keys.IDENTITY))
			.withMessageContaining("closed");
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> RocksDbDatabase.open(node));
		goOn.countDown();
		writing.join();
		try (RocksDbDatabase again = RocksDbDatabase.open(node)) {
			assertThat(again.get(Keys.IDENTITY)).hasSize(1);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void aDirectoryThatLacksAFileIsRefused() throws IOException {
		Path node = this.directory.resolve("node");
		write(node, 0);
		write(node, 5);
		for (Path table : files(node, ".sst")) {
			Files.delete(table);
		}

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> open(node).open("accounts"))
			.withMessageContaining("sst");
	}

	@Test
	void aDirectoryThatLacksItsWriteAheadLogIsRefusedUntilThatIsBack() throws IOException {
		Path node = this.directory.resolve("node");
		write(node, 0);
		write(node, 5);
		List<Path> logs = files(node, ".log");
		Path aside = Files.createDirectory(this.directory.resolve("aside"));
		for (Path log : logs) {
			Files.move(log, aside.resolve(log.getFileName()));
		}

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> open(node))
			.withMessageContaining("%s has no write-ahead log", node)
			.withMessageContaining("Put them back");
		for (Path log : logs) {
			Files.move(aside.resolve(log.getFileName()), log);
		}
		try (StorageFactory factory = open(node); Storage storage = factory.open("accounts")) {
			assertThat(storage.entries(0, 10, 1000)).isEqualTo(commands(0, 10));
		}
	}

	@Test
	void aDirectoryThatLosesItsOnlyWriteAheadLogLosesItsIdentity() throws IOException {
		Path node = this.directory.resolve("node");
		write(node, 0);
		String former = storageId(copy(node));
		assertThat(files(node, ".sst")).isEmpty();
		for (Path log : files(node, ".log")) {
			Files.delete(log);
		}

		assertThat(storageId(node)).isNotEqualTo(former);
	}

	/** As a process leaves it that is killed: at its start, with and without tables. */
	@Test
	void aDirectoryAtWorkIsNotTakenForOneThatLacksAFile() throws IOException {
		Path node = this.directory.resolve("node");
		for (int life = 0; life < 4; life++) {
			try (StorageFactory factory = open(node)) {
				assertThat(storageId(copy(node))).isEqualTo(factory.storageId());
				try (Storage storage = factory.open("accounts")) {
					storage.write(List.of(new Append(5 * life, commands(5 * life, 5 * life + 5))));
				}
				assertThat(storageId(copy(node))).isEqualTo(factory.storageId());
			}
			assertThat(storageId(copy(node))).isNotEmpty();
		}
	}

	@Test
	void aDamagedEntryIsNotRead() {
		Path node = this.directory.resolve("node");
		write(node, 0);
		byte[] block = EntryBlock.of(0, commands(0, 5), 10_000).get(0).bytes().clone();
		block[block.length / 2] ^= 1;
		try (RocksDbDatabase database = RocksDbDatabase.open(node)) {
			database.write((batch) -> batch.put(database.entries(), Keys.entries(1, 0), block));
		}

		try (StorageFactory factory = open(node); Storage storage = factory.open("accounts")) {
			assertThat(storage.load().acceptedIndex()).isEqualTo(5);
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> storage.entries(0, 5, 1000))
				.withMessageContaining("entries at 0 is damaged");
		}
	}

	@Test
	void aLogInThePlaceOfAnotherIsNotOpened() {
		Path node = this.directory.resolve("node");
		write(node, 0);
		try (RocksDbDatabase database = RocksDbDatabase.open(node)) {
			byte[] stored = Objects.requireNonNull(database.get(Keys.log("accounts")));
			database.write((batch) -> batch.put(database.logs(), Keys.log("orders"), stored));
			byte[] renumbered = stored.clone();
			renumbered[Integer.BYTES - 1]++;
			database.write((batch) -> batch.put(database.logs(), Keys.log("accounts"), renumbered));
		}

		try (StorageFactory factory = open(node)) {
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> factory.open("orders"))
				.withMessageContaining("state of log accounts, number 1, is in the place of that of log orders");
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> factory.open("accounts"))
				.withMessageContaining("is in the place of that of log accounts, number 2");
		}
	}

	@Test
	void anEntryThatIsGoneIsMissed() {
		Path node = this.directory.resolve("node");
		write(node, 0);
		write(node, 5);
		try (RocksDbDatabase database = RocksDbDatabase.open(node)) {
			database.write((batch) -> batch.delete(database.entries(), Keys.entries(1, 5)));
		}

		try (StorageFactory factory = open(node); Storage storage = factory.open("accounts")) {
			assertThat(storage.entries(0, 10, 1000)).isEqualTo(commands(0, 5));
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> storage.entries(5, 10, 1000))
				.withMessageContaining("entry 5 is missing");
		}
	}

	@Test
	void aFileThatIsDamagedIsNotRead() throws IOException {
		Path node = this.directory.resolve("node");
		write(node, 0);
		write(node, 5);
		for (Path table : files(node, ".sst")) {
			byte[] bytes = Files.readAllBytes(table);
			bytes[40] ^= 1;
			Files.write(table, bytes);
		}

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> {
			try (StorageFactory factory = open(node); Storage storage = factory.open("accounts")) {
				storage.entries(0, 10, 1000);
			}
		}).withMessageContaining("checksum mismatch");
	}

	private static void write(Path node, int from) {
		try (StorageFactory factory = open(node); Storage storage = factory.open("accounts")) {
			storage.write(List.of(new Append(from, commands(from, from + 5))));
		}
	}

	private static List<Path> files(Path node, String ending) throws IOException {
		try (Stream<Path> files = Files.list(node)) {
			return files.filter((file) -> file.toString().endsWith(ending)).toList();
		}
	}

	private Path copy(Path node) throws IOException {
		Path copy = Files.createTempDirectory(this.directory, "copy");
		for (Path file : files(node, "")) {
			Files.copy(file, copy.resolve(file.getFileName()));
		}
		return copy;
	}

	private static String storageId(Path node) {
		try (StorageFactory factory = open(node)) {
			return factory.storageId();
		}
	}

	private static StorageFactory open(Path directory) {
		return new RocksDbStorageFactory(directory, "bank", new NodeId(1));
	}

}
