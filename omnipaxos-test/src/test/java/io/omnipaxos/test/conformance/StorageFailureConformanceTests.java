package io.omnipaxos.test.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.CatchUpMessage.SnapshotPiece;
import io.omnipaxos.core.message.CompactionMessage.TakeSnapshot;
import io.omnipaxos.core.message.CompactionMessage.TrimLog;
import io.omnipaxos.core.message.PrepareMessage.NotAccepted;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.message.PrepareMessage.UndecidedPiece;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.MemoryStorage;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StoredState;
import io.omnipaxos.test.simulation.SimulatedStorage;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.conformance.ReplicaUnderTest.entries;
import static io.omnipaxos.test.conformance.ReplicaUnderTest.entry;
import static io.omnipaxos.test.conformance.ReplicaUnderTest.sessions;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scenarios 35 to 39: the storage of a replica fails once, at each of its calls in turn,
 * having done what it was asked or not. What is stored afterwards is one consistent
 * state: that from before or that from after each write.
 */
class StorageFailureConformanceTests {

	private static final NodeId SELF = new NodeId(1);

	private static final NodeId LEADER = new NodeId(2);

	private static final NodeId OTHER = new NodeId(3);

	private static final Ballot EARLIER = new Ballot(1, 1, 0, LEADER);

	private static final Ballot BALLOT = new Ballot(1, 2, 0, LEADER);

	private static final int CALLS = 9;

	/** 35. */
	@Test
	void anAcceptSyncIsStoredWholeOrNotAtAll() {
		List<StoredState> outcomes = afterEachFailure((replica) -> {
			LogPosition empty = new LogPosition(Ballot.NONE, 0, 0);
			replica.receive(LEADER, new Prepare(BALLOT, empty));
			replica.receive(LEADER, new AcceptSync(BALLOT, empty, 0, entries(1, 3), 1));
		});

		assertThat(outcomes).allSatisfy((stored) -> {
			boolean adopted = stored.acceptedRound().equals(BALLOT);
			assertThat(stored.acceptedIndex()).isEqualTo(adopted ? 3 : 0);
			assertThat(stored.decidedIndex()).isEqualTo(adopted ? 1 : 0);
		});
		assertThat(outcomes).extracting(StoredState::acceptedIndex).contains(0L, 3L);
	}

	/** 36. */
	@Test
	void aTrimIsStoredWholeOrNotAtAll() {
		List<StoredState> outcomes = afterEachFailure((replica) -> {
			sixEntries(replica);
			replica.receive(LEADER, new TrimLog(BALLOT, 4));
		});

		assertThat(outcomes).allSatisfy((stored) -> {
			assertThat(stored.compactedIndex()).isIn(0L, 4L);
			assertThat(stored.acceptedIndex()).isIn((stored.compactedIndex() == 4) ? List.of(6L) : List.of(0L, 6L));
			assertThat(stored.snapshot()).isNull();
		});
		assertThat(outcomes).extracting(StoredState::compactedIndex).contains(0L, 4L);
	}

	/** 37. */
	@Test
	void entriesGoOnlyWhenTheirSnapshotIsStored() {
		List<StoredState> outcomes = afterEachFailure((replica) -> {
			sixEntries(replica);
			replica.receive(LEADER, new TakeSnapshot(4));
		});

		assertThat(outcomes).allSatisfy((stored) -> {
			assertThat(stored.compactedIndex()).isEqualTo((stored.snapshot() != null) ? 4 : 0);
			assertThat(stored.acceptedIndex()).isIn((stored.compactedIndex() == 4) ? List.of(6L) : List.of(0L, 6L));
		});
		assertThat(outcomes).extracting(StoredState::compactedIndex).contains(0L, 4L);
	}

	/** 38. */
	@Test
	void nothingIsStoredAsDecidedThatIsNotStored() {
		List<StoredState> outcomes = afterEachFailure((replica) -> {
			LogPosition empty = new LogPosition(Ballot.NONE, 0, 0);
			replica.receive(LEADER, new Prepare(BALLOT, empty));
			replica.receive(LEADER, new AcceptSync(BALLOT, empty, 0, List.of(), 0));
			replica.receive(LEADER, new AcceptDecide(BALLOT, 0, entries(1, 6), 5));
		});

		assertThat(outcomes).allSatisfy((stored) -> {
			assertThat(stored.acceptedIndex()).isIn(0L, 6L);
			assertThat(stored.decidedIndex()).isEqualTo((stored.acceptedIndex() == 6) ? 5 : 0);
		});
		assertThat(outcomes).extracting(StoredState::decidedIndex).contains(0L, 5L);
	}

	/** 39, in our terms: the log to adopt comes as a snapshot and an undecided rest. */
	@Test
	void aNewLeaderStoresWhatItAdoptsAsOne() {
		List<StoredState> outcomes = afterEachFailure((replica) -> {
			replica.receive(OTHER, new NotAccepted(Ballot.NONE, EARLIER));
			replica.give((core) -> core.tryBecomeLeader());
			Ballot own = replica.core().status().promise();
			LogPosition position = new LogPosition(EARLIER, 3, 2);
			replica.receive(OTHER, new Promise(own, position));
			byte[] lines = "1\n2\n".getBytes(StandardCharsets.UTF_8);
			replica.receive(OTHER, new SnapshotPiece(EARLIER, 0, new SnapshotId(0, 2), lines.length, 0,
					Payload.of(lines), sessions(2)));
			replica.receive(OTHER, new UndecidedPiece(own, position, 2, List.of(entry(3, "3"))));
		});

		assertThat(outcomes).allSatisfy((stored) -> {
			assertThat(stored.decidedIndex()).isEqualTo((stored.snapshot() != null) ? 2 : 0);
			boolean adopted = stored.acceptedIndex() == 3;
			assertThat(stored.acceptedRound()).isEqualTo(adopted ? stored.promise() : Ballot.NONE);
			assertThat(stored.snapshot() != null).isEqualTo(stored.acceptedIndex() > 0);
		});
		assertThat(outcomes).extracting(StoredState::acceptedIndex).contains(0L, 2L, 3L);
	}

	private static void sixEntries(ReplicaUnderTest replica) {
		LogPosition empty = new LogPosition(Ballot.NONE, 0, 0);
		replica.receive(LEADER, new Prepare(BALLOT, empty));
		replica.receive(LEADER, new AcceptSync(BALLOT, empty, 0, entries(1, 6), 5));
	}

	private static List<StoredState> afterEachFailure(Consumer<ReplicaUnderTest> script) {
		List<StoredState> outcomes = new ArrayList<>();
		for (int call = 0; call <= CALLS; call++) {
			for (boolean done : new boolean[] { false, true }) {
				SimulatedStorage storage = new SimulatedStorage(new MemoryStorage(), false);
				ReplicaUnderTest replica = new ReplicaUnderTest(ClusterConfig.of(1, 1, 2, 3), SELF, storage);
				storage.failAfter(call, done);
				try {
					script.accept(replica);
				}
				catch (StorageException ex) {
					assertThat(ex).hasMessageContaining("simulated disk");
				}
				outcomes.add(storage.stored());
			}
		}
		return outcomes;
	}

}
