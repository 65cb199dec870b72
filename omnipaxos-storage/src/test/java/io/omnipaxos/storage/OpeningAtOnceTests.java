package io.omnipaxos.storage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.omnipaxos.test.storage.StorageSamples.commands;
import static org.assertj.core.api.Assertions.assertThat;

/** Logs of one node that threads open, and create, at the same time. */
class OpeningAtOnceTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int LOGS = 4;

	private static final int ROUNDS = 20;

	private final ExecutorService threads = Executors.newFixedThreadPool(LOGS);

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource
	void newLogsAreApartThoughTheyAreOpenedAtOnce(Storages kind) {
		try (StorageFactory factory = kind.open(kind.place(this.directory))) {
			for (int round = 0; round < ROUNDS; round++) {
				List<Storage> opened = openAtOnce(factory, round);
				for (int log = 0; log < LOGS; log++) {
					opened.get(log).write(List.of(new Append(0, commands(10 * log, 10 * log + 5))));
				}
				for (int log = 0; log < LOGS; log++) {
					assertThat(opened.get(log).entries(0, 10, 1000)).isEqualTo(commands(10 * log, 10 * log + 5));
					opened.get(log).close();
				}
			}
		}
		finally {
			this.threads.shutdownNow();
		}
	}

	private List<Storage> openAtOnce(StorageFactory factory, int round) {
		CountDownLatch ready = new CountDownLatch(LOGS);
		List<Future<Storage>> opening = IntStream.range(0, LOGS).mapToObj((log) -> this.threads.submit(() -> {
			ready.countDown();
			ready.await();
			return factory.open("log-%d-%d".formatted(round, log));
		})).toList();
		return opening.stream().map((opened) -> assertThat(opened).succeedsWithin(PATIENCE).actual()).toList();
	}

}
