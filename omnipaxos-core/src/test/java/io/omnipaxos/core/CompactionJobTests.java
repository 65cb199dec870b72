package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.MemoryStorage;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StoredSnapshot;
import io.omnipaxos.core.storage.StoredState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static io.omnipaxos.core.Entries.entry;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A compaction of three decided entries, of which the storage has lost the first two. It
 * must not go on, with a snapshot that lacks them or for ever.
 */
class CompactionJobTests {

	private static final ClusterConfig CLUSTER = ClusterConfig.of(1, 1, 2, 3);

	private static final SessionTable SESSIONS = new SessionTable(List.of(entry(3).id()));

	@Test
	void breaksOffWhereTheStorageLacksAnEntry() {
		CompactionJob job = new SnapshotJob(localOf(0, null), 2, new LogReaderTests.JoiningFolder());

		assertThatIllegalStateException().isThrownBy(job::step).withMessageContaining("Entry 0");
	}

	@Test
	void breaksOffWhereTheStorageLacksTheEarlierSnapshot() {
		Local local = localOf(2, new StoredSnapshot(new SnapshotId(0, 2), 100));

		assertThatIllegalStateException()
			.isThrownBy(() -> new SnapshotJob(local, 3, new LogReaderTests.JoiningFolder()))
			.withMessageContaining("ends after 0 bytes");
	}

	/** The storage says that it has what is no longer there. */
	private static Local localOf(long compacted, @Nullable StoredSnapshot snapshot) {
		MemoryStorage storage = new MemoryStorage();
		storage.write(List.of(new StorageOp.Append(0, entries(1, 2, 3)), new StorageOp.SetDecided(3, SESSIONS),
				new StorageOp.Trim(2, SESSIONS)));
		StoredState lying = new StoredState(1, Ballot.NONE, Ballot.NONE, 3, 3, SESSIONS, compacted, SESSIONS, snapshot,
				null);
		Outbox outbox = new Outbox(SingleReplica.SELF, CLUSTER);
		return new Local(CLUSTER, SingleReplica.settings(), new ReplicaLog(storage, lying, outbox), outbox);
	}

}
