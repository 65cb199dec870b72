package io.omnipaxos.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StoredState;
import io.omnipaxos.test.storage.NaiveLog;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.omnipaxos.test.storage.StorageSamples.configuration;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that writes is killed with {@code kill -9}, again and again. What it reported
 * as written is there afterwards, and of what it did not report either all or nothing.
 * <p>
 * System property {@code omnipaxos.test.kills}: how often, 10 unless told otherwise.
 */
class CrashTests {

	private static final int KILLS = Integer.getInteger("omnipaxos.test.kills", 10);

	private static final int MOST_REPORTS = 40;

	private static final long SEED = 7;

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource
	void whatWasReportedIsThereWholeAfterAKill(Storages kind) throws Exception {
		String place = kind.place(this.directory);
		Random random = new Random(SEED);
		for (int kill = 0; kill < KILLS; kill++) {
			long reported = writeUntilKilled(kind, place, 1 + random.nextInt(MOST_REPORTS));

			try (StorageFactory factory = kind.open(place); Storage storage = factory.open(WriterProcess.LOG)) {
				StoredState stored = storage.load();
				assertThat(stored.session()).isGreaterThanOrEqualTo(reported);
				verify(storage, stored, WriterProcess.logAfter(stored.session(), SEED));
			}
		}
	}

	/**
	 * Returns the last batch reported, which may be later than the one that was waited
	 * for.
	 */
	private long writeUntilKilled(Storages kind, String place, int reports) throws IOException, InterruptedException {
		Process process = JavaProcess.start(List.of(), WriterProcess.class, kind, place, SEED, Long.MAX_VALUE);
		try (BufferedReader reader = process.inputReader()) {
			String last = reader.readLine();
			for (int report = 1; report < reports && last != null; report++) {
				last = reader.readLine();
			}
			assertThat(last).as("a report of the process, which ended by itself").isNotNull();
			// By its handle: the process itself would close the pipe, and lose reports.
			process.toHandle().destroyForcibly();
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				last = line;
			}
			return Long.parseLong(last);
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	private static void verify(Storage storage, StoredState stored, NaiveLog expected) {
		StoredState state = expected.state();
		assertThat(stored).isEqualTo(new StoredState(stored.session(), state.promise(), state.acceptedRound(),
				state.acceptedIndex(), state.decidedIndex(), state.decidedSessions(), state.compactedIndex(),
				state.compactedSessions(), state.snapshot(), configuration(1)));
		assertThat(storage.entries(expected.compacted(), Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(expected.entries());
		SnapshotId snapshot = expected.snapshotId();
		if (snapshot != null) {
			assertThat(storage.snapshot(snapshot, 0, 1 << 20)).isEqualTo(expected.snapshot());
		}
	}

}
