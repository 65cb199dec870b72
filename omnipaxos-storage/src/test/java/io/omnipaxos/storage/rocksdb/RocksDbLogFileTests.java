package io.omnipaxos.storage.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
 * A sync is fast on a log file that is used again. RocksDB tells in a file of its own
 * which ones are.
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

	private static long count(Matcher matcher) {
		return matcher.results().count();
	}

}
