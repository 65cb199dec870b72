package io.omnipaxos.storage.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.core.storage.StorageOp.SetDecided;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.omnipaxos.test.storage.StorageSamples.bytes;
import static io.omnipaxos.test.storage.StorageSamples.command;
import static io.omnipaxos.test.storage.StorageSamples.sessions;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What keeps syncs short, and files small. RocksDB tells in files of its own what it
 * does.
 */
class RocksDbLogFileTests {

	private static final Payload MEBIBYTE = bytes(1 << 20, 1);

	private static final Pattern OPENED = Pattern.compile("\\[entries] New memtable created with log file: #\\d+");

	private static final Pattern USED_AGAIN = Pattern.compile("reusing log \\d+ from recycle list");

	@Test
	void logFilesAreUsedAgainFromTheFourthOn(@TempDir Path directory) throws IOException {
		try (StorageFactory factory = new RocksDbStorageFactory(directory, "kv", new NodeId(1));
				Storage storage = factory.open("accounts")) {
			for (int index = 0; index < 200; index++) {
				storage.write(List.of(new Append(index, List.of(command(index, MEBIBYTE))),
						new SetDecided(index, sessions(1, 1, 2, 3))));
			}
		}

		String told = Files.readString(directory.resolve("LOG"));
		long opened = count(OPENED.matcher(told));
		assertThat(opened).isGreaterThanOrEqualTo(10);
		assertThat(count(USED_AGAIN.matcher(told))).isGreaterThanOrEqualTo(opened - 3);
	}

	/** A sync of all that a flush has written would hold up those of the appends. */
	@Test
	void aFlushGoesToTheDiskAsItIsWritten(@TempDir Path directory) throws IOException {
		assertThat(optionsOfANew(directory)).containsPattern("(?m)^\\s+bytes_per_sync=524288$");
	}

	@Test
	void whatRocksDbSaysAboutItsWorkTakesBoundedSpace(@TempDir Path directory) throws IOException {
		assertThat(optionsOfANew(directory)).containsPattern("(?m)^\\s+max_log_file_size=16777216$")
			.containsPattern("(?m)^\\s+keep_log_file_num=2$")
			.containsPattern("(?m)^\\s+stats_dump_period_sec=0$");
	}

	/** Returns how RocksDB says that it was opened. */
	private static String optionsOfANew(Path directory) throws IOException {
		new RocksDbStorageFactory(directory, "kv", new NodeId(1)).close();
		try (Stream<Path> files = Files.list(directory)) {
			List<Path> options = files.filter((file) -> file.getFileName().toString().startsWith("OPTIONS")).toList();
			assertThat(options).hasSize(1);
			return Files.readString(options.get(0));
		}
	}

	private static long count(Matcher matcher) {
		return matcher.results().count();
	}

}
