package io.omnipaxos.core;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.LogSource;
import io.omnipaxos.core.storage.MemoryStorage;
import io.omnipaxos.core.storage.StorageOp;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Four decided entries are stored: the first is trimmed, the next two are in a snapshot.
 * What a reader is told of the log may be of the moment before.
 */
class ReadingAChangingLogTests {

	private static final Payload CONTENT = Payload.ofText("two and three");

	private static final LogIndexes NOW = new LogIndexes(1, CONTENT.size(), 3, 4, 4);

	private static final LogEntry<Payload> TRIMMED = new LogEntry.Trimmed<>(1);

	private static final LogEntry<Payload> SNAPSHOT = new LogEntry.Snapshotted<>(1, 3, CONTENT);

	private static final LogEntry<Payload> LAST = new LogEntry.Decided<>(3, Payload.ofText("entry 4"));

	@Test
	void findsASnapshotWhereEntriesWereAMomentAgo() {
		LogIndexes uncompacted = new LogIndexes(-1, 0, 0, 4, 4);

		assertThat(reader(uncompacted, NOW).read(0, 4)).hasValue(List.of(TRIMMED, SNAPSHOT, LAST));
	}

	@Test
	void findsALaterSnapshotThanAMomentAgo() {
		LogIndexes earlier = new LogIndexes(1, 3, 2, 4, 4);

		assertThat(reader(earlier, NOW).read(0, 4)).hasValue(List.of(TRIMMED, SNAPSHOT, LAST));
		assertThat(reader(earlier, NOW).read(1, 2)).hasValue(List.of(SNAPSHOT));
	}

	@Test
	void readsOnlyOfWhatIsGoneWhatTheRangeTouches() {
		assertThat(reader(NOW).read(0, 1)).hasValue(List.of(TRIMMED));
		assertThat(reader(NOW).read(1, 2)).hasValue(List.of(SNAPSHOT));
		assertThat(reader(NOW).read(2, 2)).hasValue(List.of());
		assertThat(reader(NOW).read(3, 4)).hasValue(List.of(LAST));
	}

	private static LogReader reader(LogIndexes... told) {
		Queue<LogIndexes> answers = new ArrayDeque<>(List.of(told));
		return new LogReader(new Stored(), answers::remove);
	}

	private static final class Stored implements LogSource {

		private final MemoryStorage storage = new MemoryStorage();

		Stored() {
			SessionTable sessions = new SessionTable(List.of(entry(4).id()));
			SnapshotId id = new SnapshotId(1, 3);
			this.storage.write(List.of(new StorageOp.Append(0, Entries.entries(1, 2, 3, 4)),
					new StorageOp.SetDecided(4, sessions), new StorageOp.Trim(1, sessions),
					new StorageOp.StageSnapshot(id, 0, CONTENT), new StorageOp.InstallSnapshot(id, sessions)));
		}

		@Override
		public List<Entry> entries(long from, long to, long maxBytes) {
			return this.storage.entries(from, to, maxBytes);
		}

		@Override
		public Payload snapshot(SnapshotId id, long offset, int maxBytes) {
			return this.storage.snapshot(id, offset, maxBytes);
		}

	}

}
