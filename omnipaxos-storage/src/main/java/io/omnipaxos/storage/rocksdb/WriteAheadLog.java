package io.omnipaxos.storage.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.omnipaxos.core.storage.StorageException;

/**
 * The files that hold what no table holds yet. RocksDB opens without them as if nothing
 * had been in them, and the node would come back without what it confirmed last.
 */
final class WriteAheadLog {

	private WriteAheadLog() {
	}

	/**
	 * Checks that a database which has one did not lose it. RocksDB makes the next file
	 * before it gives up the last, so a crash leaves one at any time, and it has one
	 * before its first table. A database that lost it before that has lost its identity
	 * too, by which its peers know it.
	 * @param directory where the database is, or is to be
	 * @throws StorageException if there are tables and no log
	 */
	static void check(Path directory) {
		List<String> names = Files.isDirectory(directory) ? names(directory) : List.of();
		if (names.contains("CURRENT") && isAny(names, ".sst") && !isAny(names, ".log")) {
			throw new StorageException(
					("The RocksDB directory %s has no write-ahead log: its *.log files hold what was "
							+ "written last, and were left out or deleted. Put them back; if they are gone, so is the storage: "
							+ "begin with an empty directory, as a node whose storage is lost")
						.formatted(directory),
					null);
		}
	}

	private static List<String> names(Path directory) {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
		catch (IOException ex) {
			throw new StorageException("The RocksDB directory %s can't be read: %s".formatted(directory, ex), ex);
		}
	}

	private static boolean isAny(List<String> names, String ending) {
		return names.stream().anyMatch((name) -> name.endsWith(ending));
	}

}
