package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.storage.MemoryStorage;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StoredState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** A log of several nodes' proposals, of which a part was compacted before. */
class SessionSearchTests {

	private static final ClusterConfig CLUSTER = ClusterConfig.of(1, 1, 2, 3);

	private final List<Entry> entries = new ArrayList<>();

	private final Map<NodeId, Long> proposed = new HashMap<>();

	private final Outbox outbox = new Outbox(SingleReplica.SELF, CLUSTER);

	private int steps;

	private void propose(long pid, int count) {
		for (int i = 0; i < count; i++) {
			long seq = this.proposed.merge(new NodeId(pid), 1L, Long::sum);
			this.entries.add(new Entry.Command(new ProposalId(new NodeId(pid), 1, seq), Payload.ofText("x")));
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void findsWhatReadingFromTheBeginningFinds(long seed) {
		Random random = new Random(seed);
		while (this.entries.size() < 6000) {
			propose((random.nextInt(1000) == 0) ? 2 : 1, 1 + random.nextInt(20));
			propose(3, random.nextInt(2));
		}
		for (int i = 0; i < 20; i++) {
			int decided = 2 + random.nextInt(this.entries.size() - 1);
			int index = 1 + random.nextInt(decided);
			int compacted = random.nextInt(index);
			int piece = random.nextInt(20_000);

			assertThat(search(piece, compacted, index, decided).found()).as("seed %d, round %d", seed, i)
				.isEqualTo(table(index));
		}
	}

	@Test
	void looksForNobodyOfWhomNothingWasDecidedSince() {
		propose(2, 10);
		propose(1, 5000);
		SessionSearch search = search(1 << 20, 10, 4010, 5010);

		assertThat(search.found()).isEqualTo(table(4010));
		assertThat(this.steps).isEqualTo(1);
	}

	/** Each of them may be as long as a piece. */
	@Test
	void readsOnlyAFewEntriesWhereThoseTell() {
		propose(1, 5000);

		assertThat(search(1, 0, 4000, 5000).found()).isEqualTo(table(4000));
		assertThat(this.steps).isEqualTo(8);
	}

	@Test
	void looksTwiceAsFarEachTime() {
		propose(1, 1000);
		propose(2, 1);
		propose(1, 11);

		assertThat(search(1, 0, 1012, 1012).found()).isEqualTo(table(1012));
		assertThat(this.steps).isEqualTo(8 + 16);
	}

	/** Whoever is sought may have proposed after the index alone. */
	@Test
	void goesBackToTheBeginningForWhomItDoesNotFind() {
		propose(2, 10);
		propose(1, 5000);
		propose(2, 1);
		int size = this.entries.get(0).size();

		assertThat(search(400 * size, 10, 4010, 5011).found()).isEqualTo(table(4010));
		assertThat(this.steps).isEqualTo(9);
	}

	@Test
	void breaksOffWhereTheStorageLacksAnEntry() {
		propose(1, 3);
		MemoryStorage storage = new MemoryStorage();
		storage.write(List.of(new StorageOp.Append(0, this.entries), new StorageOp.SetDecided(3, table(3)),
				new StorageOp.Trim(2, table(2))));
		StoredState lying = new StoredState(1, Ballot.NONE, Ballot.NONE, 3, 3, table(3), 0, SessionTable.EMPTY, null,
				null);

		assertThatIllegalStateException().isThrownBy(() -> search(1000, 2, new ReplicaLog(storage, lying, this.outbox)))
			.withMessageContaining("Entry 0");
	}

	private SessionSearch search(int piece, int compacted, int index, int decided) {
		MemoryStorage storage = new MemoryStorage();
		List<StorageOp> ops = new ArrayList<>(List.of(new StorageOp.Append(0, this.entries.subList(0, decided)),
				new StorageOp.SetDecided(decided, table(decided))));
		ops.add(new StorageOp.Trim(compacted, table(compacted)));
		storage.write(ops);
		return search(piece, index, new ReplicaLog(storage, storage.load(), this.outbox));
	}

	private SessionSearch search(int piece, int index, ReplicaLog log) {
		Limits limits = new Limits(1000, 10_000, 10_000, Math.max(1, piece), 10_000, 0);
		SessionSearch search = new SessionSearch(
				new Local(CLUSTER, SingleReplica.settings().withLimits(limits), log, this.outbox), index);
		this.steps = 0;
		while (!search.isOver()) {
			search.step();
			this.steps++;
		}
		return search;
	}

	/** Returns the session table at an index, by reading everything before it. */
	private SessionTable table(int index) {
		return SessionTable.of(this.entries.subList(0, index).stream().map(Entry::id).toList());
	}

}
