package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.MemoryStorage;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StoredSnapshot;
import io.omnipaxos.core.storage.StoredState;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static io.omnipaxos.core.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** A log's bookkeeping, and what of it is written. */
class ReplicaLogTests {

	private static final Ballot FIRST = new Ballot(1, 1, 0, new NodeId(3));

	private static final Ballot SECOND = new Ballot(1, 2, 0, new NodeId(2));

	private static final NodeId NODE = new NodeId(2);

	private static final SnapshotId SNAPSHOT = new SnapshotId(0, 3);

	private static final Payload CONTENT = Payload.ofText("entries 1 to 3");

	private final MemoryStorage storage = new MemoryStorage();

	private final Outbox outbox = new Outbox(SingleReplica.SELF, ClusterConfig.of(1, 1, 2, 3));

	private ReplicaLog log = new ReplicaLog(new OnDisk(this.storage), this.storage.load(), this.outbox);

	@Test
	void refusesAStorageThatLacksEntriesOfItsLog() {
		StoredState lying = new StoredState(1, FIRST, FIRST, 3, 0, SessionTable.EMPTY, 0, SessionTable.EMPTY, null,
				null);

		assertThatIllegalStateException().isThrownBy(() -> new ReplicaLog(this.storage, lying, this.outbox))
			.withMessageContaining("no entry 0");
	}

	@Test
	void countsTheUndecidedBytesOfTheLogThatItFinds() {
		append(1, 2, 3);
		this.log.decide(1);
		write();

		reopen();

		assertThat(this.log.undecidedBytes()).isEqualTo(2L * entry(1).size());
	}

	/** They are asked for after every step, and mostly nothing has changed. */
	@Test
	void itsIndexesAreTheSameObjectUntilOneOfThemChanges() {
		append(1);
		LogIndexes before = this.log.indexes();
		assertThat(this.log.indexes()).isSameAs(before);

		this.log.decide(1);

		assertThat(this.log.indexes()).isEqualTo(new LogIndexes(-1, 0, 0, 1, 1));
	}

	@Test
	void countsTheUndecidedBytesThatAreLeftAfterACut() {
		append(1, 2, 3, 4);
		this.log.decide(1);

		this.log.replaceFrom(2, entries(7));

		assertThat(this.log.undecidedBytes()).isEqualTo(2L * entry(1).size());
	}

	@Test
	void cutsTheStoredLogEvenIfNothingTakesTheCutPlace() {
		append(1, 2, 3);
		write();

		this.log.replaceFrom(1, List.of());
		write();

		assertThat(this.storage.load().acceptedIndex()).isOne();
	}

	@Test
	void writesNothingWhenNothingIsReplaced() {
		append(1, 2);
		write();

		this.log.replaceFrom(2, List.of());

		assertThat(this.log.takeWrites()).isEmpty();
	}

	/** The disk still holds what was cut; what took its place is not on it yet. */
	@Test
	void whatReplacedAnEntryIsNotDurableBeforeItIsWritten() {
		append(1, 2);
		write();

		this.log.replaceFrom(1, entries(7));
		this.log.decide(2);

		assertThat(this.log.durablyDecided()).isOne();
		write();
		assertThat(this.log.durablyDecided()).isEqualTo(2);
	}

	@Test
	void promisesOnlyWhatIsHigherAndAcceptsOnlyWhatIsPromised() {
		this.log.promise(SECOND);

		assertThatIllegalStateException().isThrownBy(() -> this.log.promise(FIRST));
		assertThatIllegalStateException().isThrownBy(() -> this.log.promise(SECOND));
		assertThatIllegalStateException().isThrownBy(() -> this.log.acceptRound(FIRST));
	}

	@Test
	void isNotCutBelowWhatIsDecidedAndNotBeyondItsEnd() {
		append(1, 2, 3);
		this.log.decide(2);

		assertThatIllegalStateException().isThrownBy(() -> this.log.replaceFrom(1, entries(7)));
		assertThatIllegalStateException().isThrownBy(() -> this.log.replaceFrom(4, entries(7)));
	}

	@Test
	void takesNoDecidedEntriesThatLeaveAGap() {
		append(1);

		assertThatIllegalStateException().isThrownBy(() -> this.log.takeDecided(1, entries(2)))
			.withMessageContaining("gap");
	}

	@Test
	void decidesNothingThatIsNotThere() {
		append(1);

		assertThatIllegalStateException().isThrownBy(() -> this.log.decide(2));
	}

	@Test
	void trimsOnlyWhatIsDecided() {
		append(1, 2);
		this.log.decide(1);

		assertThatIllegalStateException().isThrownBy(() -> this.log.trim(2, sessions(2)));
	}

	/** The storage refuses to trim what it does not know as decided. */
	@Test
	void writesWhatIsDecidedBeforeItIsTrimmed() {
		append(1, 2, 3);
		this.log.decide(2);

		this.log.trim(2, sessions(2));
		write();

		assertThat(this.storage.load())
			.extracting(StoredState::compactedIndex, StoredState::decidedIndex, StoredState::acceptedIndex)
			.containsExactly(2L, 2L, 3L);
		assertThatIllegalStateException().isThrownBy(() -> this.log.recent(1));
		assertThat(this.log.recent(2)).isEqualTo(entry(3));
	}

	/** The write begins with the entries: the snapshot drops them from memory. */
	@Test
	void whatWasStoredIsDurableFromTheBeginning() {
		append(1, 2, 3);
		this.log.decide(2);
		write();

		reopen();

		assertThat(this.log.durablyDecided()).isEqualTo(2);
		assertThat(this.log.durable().accepted()).isEqualTo(3);
		assertThat(this.log.reader().read(0, 3)).hasValueSatisfying((read) -> assertThat(read).hasSize(3));
	}

	@Test
	void takesASnapshotInTheSameWriteAsEntriesThatItCovers() {
		append(1, 2);

		install();
		write();

		assertThat(this.log.indexes()).extracting(LogIndexes::compacted, LogIndexes::decided, LogIndexes::accepted)
			.containsExactly(3L, 3L, 3L);
		assertThat(this.storage.load().snapshot()).isEqualTo(new StoredSnapshot(SNAPSHOT, CONTENT.size()));
		append(4);
		write();
		assertThat(this.storage.entries(3, 10, 1000)).isEqualTo(entries(4));
	}

	@Test
	void aSnapshotDropsWhatItCoversFromMemoryAndKeepsWhatFollows() {
		append(1, 2, 3, 4, 5);
		write();

		install();

		assertThatIllegalStateException().isThrownBy(() -> this.log.recent(2));
		assertThat(this.log.recent(3)).isEqualTo(entry(4));
		assertThat(this.log.undecidedBytes()).isEqualTo(2L * entry(1).size());
		assertThat(this.log.sessions()).isEqualTo(sessions(3));
	}

	/** A snapshot that the node took of itself tells nothing new of what is decided. */
	@Test
	void aSnapshotOfLessThanIsDecidedLeavesTheDecidedIndexAlone() {
		append(1, 2, 3, 4);
		this.log.decide(4);
		write();

		install();

		assertThat(this.log.decided()).isEqualTo(4);
		assertThat(this.log.sessions()).isEqualTo(sessions(4));
	}

	@Test
	void aSnapshotIsComingInUntilSoMuchIsDecided() {
		append(1, 2, 3);
		this.log.stageSnapshot(NODE, SNAPSHOT, 0, Payload.ofText("part"));
		assertThat(this.log.incomingSnapshot()).isEqualTo(SNAPSHOT);

		this.log.decide(2);
		assertThat(this.log.incomingSnapshot()).isEqualTo(SNAPSHOT);
		this.log.decide(3);
		assertThat(this.log.incomingSnapshot()).isNull();
	}

	@Test
	void piecesOfASnapshotFollowEachOtherOrBeginAnew() {
		this.log.stageSnapshot(NODE, SNAPSHOT, 0, CONTENT);

		assertThatIllegalStateException().isThrownBy(() -> this.log.stageSnapshot(NODE, SNAPSHOT, 3, CONTENT));
		assertThatIllegalStateException()
			.isThrownBy(() -> this.log.stageSnapshot(NODE, new SnapshotId(0, 4), CONTENT.size(), CONTENT));
		this.log.stageSnapshot(NODE, SNAPSHOT, 0, CONTENT);
		assertThat(this.log.compacted().stagedBytes(NODE, SNAPSHOT)).isEqualTo(CONTENT.size());
		this.log.stageSnapshot(NODE, SNAPSHOT, CONTENT.size(), CONTENT);
		assertThat(this.log.compacted().stagedBytes(NODE, SNAPSHOT)).isEqualTo(2L * CONTENT.size());
	}

	private void install() {
		this.log.stageSnapshot(NODE, SNAPSHOT, 0, CONTENT);
		this.log.installSnapshot(new StoredSnapshot(SNAPSHOT, CONTENT.size()), sessions(3));
	}

	private void append(long... numbers) {
		entries(numbers).forEach(this.log::append);
	}

	private void write() {
		List<StorageOp> ops = this.log.takeWrites();
		this.storage.write(ops);
		this.log.written();
	}

	private void reopen() {
		this.log = new ReplicaLog(new OnDisk(this.storage), this.storage.load(), this.outbox);
	}

	private static SessionTable sessions(long last) {
		Entry entry = entry(last);
		return new SessionTable(List.of(entry.id()));
	}

}
