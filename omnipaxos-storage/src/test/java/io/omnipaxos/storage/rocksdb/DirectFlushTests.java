package io.omnipaxos.storage.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.test.storage.SmallDisk;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.omnipaxos.test.storage.StorageSamples.bytes;
import static io.omnipaxos.test.storage.StorageSamples.command;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Flushes go past the page cache where the file system lets them, and through it else.
 */
class DirectFlushTests {

	private static final Payload MEBIBYTE = bytes(1 << 20, 1);

	/** More than fits the memory of one flush. */
	private static final int ENTRIES = 40;

	@TempDir
	private Path directory;

	@Test
	void flushesGoPastThePageCache() throws IOException {
		try (SmallDisk disk = SmallDisk.create(this.directory, 400)) {
			Path place = disk.path().resolve("log");
			writeAndRead(place);

			assertThat(isDirect(place)).isTrue();
		}
	}

	@Test
	void aFileSystemThatHasNoOtherWayIsWrittenThroughThePageCache() throws Exception {
		Path mountPoint = Files.createDirectory(this.directory.resolve("memory"));
		Assumptions.assumeTrue(run("mount", "-t", "ramfs", "ramfs", mountPoint.toString()),
				"A file system can be mounted here");
		try {
			writeAndRead(mountPoint);

			assertThat(isDirect(mountPoint)).isFalse();
		}
		finally {
			run("umount", mountPoint.toString());
		}
	}

	private static void writeAndRead(Path place) {
		try (StorageFactory factory = open(place); Storage storage = factory.open("accounts")) {
			for (int index = 0; index < ENTRIES; index++) {
				storage.write(List.of(new Append(index, List.of(command(index, MEBIBYTE)))));
			}
		}
		try (StorageFactory factory = open(place); Storage storage = factory.open("accounts")) {
			for (int index = 0; index < ENTRIES; index++) {
				assertThat(storage.entries(index, index + 1, Long.MAX_VALUE)).containsExactly(command(index, MEBIBYTE));
			}
		}
	}

	private static StorageFactory open(Path place) {
		return new RocksDbStorageFactory(place, "kv", new NodeId(1));
	}

	/** The newest of the files in which RocksDB says how it was opened. */
	private static boolean isDirect(Path place) throws IOException {
		try (Stream<Path> files = Files.list(place)) {
			List<Path> options = files.filter((file) -> file.getFileName().toString().startsWith("OPTIONS"))
				.sorted()
				.toList();
			assertThat(options).last(InstanceOfAssertFactories.PATH)
				.content()
				.containsOnlyOnce("use_direct_io_for_flush_and_compaction=");
			return Files.readString(options.get(options.size() - 1))
				.contains("use_direct_io_for_flush_and_compaction=true");
		}
	}

	private static boolean run(String... command) throws IOException, InterruptedException {
		return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
	}

}
