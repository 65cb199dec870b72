package io.omnipaxos.test.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.omnipaxos.core.LogEntry;
import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.storage.MemoryStorage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scenarios 3 and 4: reads of prepared logs, one of ten entries of which six are decided,
 * one of ten entries and a stop-sign, all decided. Both are snapshotted up to index 4.
 */
class ReadingConformanceTests {

	private static final ClusterConfig THREE = ClusterConfig.of(1, 1, 2, 3);

	private static final ClusterConfig NEXT = ClusterConfig.of(2, 1, 2, 3);

	private static final Payload METADATA = Payload.ofText("and so on");

	private static final LogEntry<Payload> STOP_SIGN = new LogEntry.StopSign<>(10, NEXT, METADATA, true);

	@Test
	void readsTheDecidedSuffix() {
		assertThat(replica(6, false).readDecidedSuffix(0)).hasValue(decided(0, 6));
	}

	@Test
	void readsAnEntryTheSnapshotAndNothing() {
		OmniPaxos replica = replica(6, true);

		assertThat(replica.read(4)).hasValue(decided(4, 5).get(0));
		assertThat(replica.read(0)).hasValue(Scenario.snapshot(Scenario.N1, 4));
		assertThat(replica.read(10)).isEmpty();
	}

	@Test
	void readsTheStopSign() {
		assertThat(stopped(4).read(10)).hasValue(STOP_SIGN);
	}

	@Test
	void readsRangesOverTheDecidedIndexAndTheSnapshot() {
		OmniPaxos replica = replica(6, true);

		assertThat(replica.read(5, 7)).hasValue(List.of(decided(5, 6).get(0), undecided(6)));
		assertThat(replica.read(0, 4)).hasValue(List.of(Scenario.snapshot(Scenario.N1, 4)));
		assertThat(replica.read(3, 6)).hasValue(and(List.of(Scenario.snapshot(Scenario.N1, 4)), decided(4, 6)));
		assertThat(replica.read(0, 11)).isEmpty();
	}

	@Test
	void readsRangesOverTheStopSign() {
		OmniPaxos replica = stopped(4);

		assertThat(replica.read(10, 11)).hasValue(List.of(STOP_SIGN));
		assertThat(replica.read(6, 11)).hasValue(and(decided(6, 10), List.of(STOP_SIGN)));
		assertThat(replica.read(0, 11))
			.hasValue(and(and(List.of(Scenario.snapshot(Scenario.N1, 4)), decided(4, 10)), List.of(STOP_SIGN)));
	}

	@Test
	void keepsTheStopSignWhenEverythingElseIsSnapshotted() {
		assertThat(stopped(10).read(0, 11)).hasValue(List.of(Scenario.snapshot(Scenario.N1, 10), STOP_SIGN));
	}

	/** D9: there the library crashes when the range starts at the stop-sign. */
	@Test
	void d09FindsNothingInRangesThatEndBeforeTheyStart() {
		OmniPaxos replica = stopped(4);

		assertThat(replica.read(10, 9)).isEmpty();
		assertThat(replica.read(7, 3)).isEmpty();
		assertThat(replica.read(11, 12)).isEmpty();
	}

	private static OmniPaxos replica(long decided, boolean snapshotted) {
		return replica(ReplicaUnderTest.entries(1, 10), decided, snapshotted ? 4 : 0);
	}

	private static OmniPaxos stopped(long snapshot) {
		List<Entry> entries = new ArrayList<>(ReplicaUnderTest.entries(1, 10));
		entries.add(new Entry.StopSign(new ProposalId(new NodeId(1), 1, 11), NEXT, METADATA));
		return replica(entries, 11, snapshot);
	}

	private static OmniPaxos replica(List<Entry> entries, long decided, long snapshot) {
		MemoryStorage storage = new MemoryStorage();
		ReplicaUnderTest.prepare(storage, new Ballot(1, 1, 0, new NodeId(1)), entries, decided);
		ReplicaUnderTest replica = new ReplicaUnderTest(THREE, new NodeId(1), storage);
		if (snapshot > 0) {
			replica.give((core) -> core.snapshot(snapshot, true));
		}
		return replica.core();
	}

	private static List<LogEntry<Payload>> decided(int from, int to) {
		return IntStream.range(from, to)
			.<LogEntry<Payload>>mapToObj((index) -> new LogEntry.Decided<>(index, text(index + 1)))
			.toList();
	}

	private static LogEntry<Payload> undecided(int index) {
		return new LogEntry.Undecided<>(index, text(index + 1));
	}

	private static Payload text(int number) {
		return Payload.ofText(Integer.toString(number));
	}

	private static List<LogEntry<Payload>> and(List<LogEntry<Payload>> first, List<LogEntry<Payload>> second) {
		List<LogEntry<Payload>> both = new ArrayList<>(first);
		both.addAll(second);
		return both;
	}

}
