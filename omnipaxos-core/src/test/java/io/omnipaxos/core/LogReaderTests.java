package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.storage.StorageOp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads of a node that was built on a prepared storage of ten entries. With a stop-sign
 * after them everything is decided, otherwise six entries are.
 * <p>
 * Source: {@code read_test} and {@code read_entries_test} of the Rust library.
 */
class LogReaderTests {

	private static final ClusterConfig NEXT = ClusterConfig.of(2, 1, 2);

	@Test
	void theDecidedSuffixIsWhatIsDecided() {
		OmniPaxos replica = prepared(false).replica();

		assertThat(replica.readDecidedSuffix(0)).hasValueSatisfying((entries) -> assertThat(entries)
			.containsExactlyElementsOf(LongStream.range(0, 6).mapToObj(LogReaderTests::decided).toList()));
		assertThat(replica.readDecidedSuffix(6)).hasValue(List.of());
		assertThat(replica.readDecidedSuffix(7)).isEmpty();
	}

	@Test
	void aSnapshotTakesThePlaceOfWhatItCovers() {
		OmniPaxos replica = snapshotted(false, 4).replica();

		assertThat(replica.read(4)).hasValue(decided(4));
		assertThat(replica.read(0)).hasValue(snapshot(4));
		assertThat(replica.read(10)).isEmpty();
	}

	@Test
	void aRangeTellsDecidedFromUndecided() {
		OmniPaxos replica = snapshotted(false, 4).replica();

		assertThat(replica.read(5, 7)).hasValue(List.of(decided(5), new LogEntry.Undecided<>(6, payload(6))));
		assertThat(replica.read(0, 4)).hasValue(List.of(snapshot(4)));
		assertThat(replica.read(3, 6)).hasValue(List.of(snapshot(4), decided(4), decided(5)));
	}

	@Test
	void aRangeThatLiesOutsideOfTheLogIsNotThere() {
		OmniPaxos replica = prepared(false).replica();

		assertThat(replica.read(0, 11)).isEmpty();
		assertThat(replica.read(-1, 2)).isEmpty();
		assertThat(replica.read(8, 8)).hasValue(List.of());
	}

	@Test
	void aRangeThatEndsBeforeItStartsIsNotThereEvenAtTheStopSign() {
		OmniPaxos replica = prepared(true).replica();

		assertThat(replica.read(10, 3)).isEmpty();
		assertThat(replica.read(4, 3)).isEmpty();
	}

	@Test
	void theStopSignIsReadLikeAnyEntry() {
		OmniPaxos replica = snapshotted(true, 4).replica();

		assertThat(replica.read(10)).hasValue(stopSign());
		assertThat(replica.read(10, 11)).hasValue(List.of(stopSign()));
		assertThat(replica.read(6, 11)).hasValueSatisfying(
				(entries) -> assertThat(entries).hasSize(5).endsWith(stopSign()).startsWith(decided(6)));
		assertThat(replica.read(0, 11)).hasValueSatisfying(
				(entries) -> assertThat(entries).hasSize(8).startsWith(snapshot(4)).endsWith(stopSign()));
	}

	@Test
	void theStopSignStaysWhenEverythingElseIsSnapshotted() {
		SingleReplica node = prepared(true);

		node.replica().snapshot(null, true);
		node.settle();

		assertThat(node.replica().read(0, 11)).hasValue(List.of(snapshot(10), stopSign()));
	}

	private static SingleReplica prepared(boolean stopped) {
		ProposalId last = new ProposalId(new NodeId(2), 1, stopped ? 11 : 6);
		SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3), SingleReplica.settings(),
				new JoiningFolder());
		Ballot ballot = new Ballot(1, 1, 0, new NodeId(2));
		List<Entry> entries = new ArrayList<>();
		for (long index = 0; index < 10; index++) {
			entries.add(new Entry.Command(new ProposalId(new NodeId(2), 1, index + 1), payload(index)));
		}
		if (stopped) {
			entries.add(new Entry.StopSign(last, NEXT, Payload.EMPTY));
		}
		node.storage.write(List.of(new StorageOp.SetPromise(ballot), new StorageOp.SetAcceptedRound(ballot),
				new StorageOp.Append(0, entries),
				new StorageOp.SetDecided(stopped ? 11 : 6, new SessionTable(List.of(last)))));
		node.restart();
		return node;
	}

	private static SingleReplica snapshotted(boolean stopped, long index) {
		SingleReplica node = prepared(stopped);
		node.replica().snapshot(index, true);
		node.settle();
		return node;
	}

	private static Payload payload(long index) {
		return Payload.ofText("e" + index);
	}

	private static LogEntry<Payload> decided(long index) {
		return new LogEntry.Decided<>(index, payload(index));
	}

	private static LogEntry<Payload> stopSign() {
		return new LogEntry.StopSign<>(10, NEXT, Payload.EMPTY, true);
	}

	private static LogEntry<Payload> snapshot(int entries) {
		StringBuilder joined = new StringBuilder();
		LongStream.range(0, entries).forEach((index) -> joined.append("e").append(index));
		return new LogEntry.Snapshotted<>(0, entries, Payload.ofText(joined.toString()));
	}

	/** A snapshot is the text of all its entries. */
	static final class JoiningFolder implements SnapshotFolder {

		@Override
		public Fold begin(@Nullable Payload base) {
			StringBuilder joined = new StringBuilder((base != null) ? base.asText() : "");
			return new Fold() {

				@Override
				public void add(List<Payload> entries) {
					entries.forEach((entry) -> joined.append(entry.asText()));
				}

				@Override
				public Payload finish() {
					return Payload.ofText(joined.toString());
				}

			};
		}

	}

}
