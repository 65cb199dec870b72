package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.CompactionException.Reason;
import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.CatchUpMessage.SnapshotPiece;
import io.omnipaxos.core.message.CompactionMessage.TakeSnapshot;
import io.omnipaxos.core.message.CompactionMessage.TrimLog;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static io.omnipaxos.core.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Node 1 follows node 3, has decided four entries of six, and is told to trim and to
 * snapshot, by its own user and by others. It reads two entries at a time.
 */
class CompactingTests {

	private static final Ballot FIRST = new Ballot(1, 5, 0, new NodeId(3));

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private static final Runnable NOTHING = () -> {
	};

	private static final Runnable FAILURE = () -> {
		throw new IllegalStateException("The snapshotter fails");
	};

	private static final Payload FOUR = Payload.ofText("entry 1entry 2entry 3entry 4");

	private Runnable whenFolding = NOTHING;

	private final SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3),
			SingleReplica.settings().withLimits(new Limits(1000, 10_000, 10_000, 2 * entry(1).size(), 10_000, 0)),
			new FailingFolder());

	@BeforeEach
	void follow() {
		this.node.follow(FIRST, entries(1, 2, 3, 4, 5, 6), 4);
		this.node.sent.clear();
	}

	@Test
	void foldsWhatIsDecidedPieceByPiece() {
		this.node.replica().snapshot(null, true);
		this.node.settle();
		assertThat(this.node.noticed(Notice.Compacted.class)).isEmpty();

		this.node.tick(1);

		assertThat(this.node.noticed(Notice.Compacted.class)).containsExactly(new Notice.Compacted(4, true));
		assertThat(this.node.replica().read(0)).hasValue(new LogEntry.Snapshotted<>(0, 4, FOUR));
		assertThat(this.node.replica().indexes().accepted()).isEqualTo(6);
	}

	/** Both the entries and the snapshot are longer than a piece. */
	@Test
	void writesALongSnapshotPieceByPiece() {
		SingleReplica small = new SingleReplica(ClusterConfig.of(1, 1),
				SingleReplica.settings().withLimits(new Limits(1000, 10_000, 10_000, 10, 10_000, 0)),
				new LogReaderTests.JoiningFolder());
		small.tick(5);
		small.replica().append(List.of(Payload.ofText("fourteen bytes"), Payload.ofText("and ten more")));
		small.settle();

		small.replica().snapshot(null, true);
		small.settle();
		small.tick(2);
		assertThat(small.replica().indexes().compacted()).isZero();
		small.tick(1);

		assertThat(small.replica().read(0))
			.hasValue(new LogEntry.Snapshotted<>(0, 2, Payload.ofText("fourteen bytesand ten more")));
	}

	@Test
	void asksTheOthersForTheSameUnlessOnlyThisNodeIsMeant() {
		this.node.replica().snapshot(1L, true);
		this.node.settle();
		assertThat(this.node.sentTo(2, TakeSnapshot.class)).isEmpty();

		this.node.replica().snapshot(2L, false);
		this.node.settle();
		assertThat(this.node.sentTo(2, TakeSnapshot.class)).containsExactly(new TakeSnapshot(2));
	}

	@Test
	void goesOnFromTheLastSnapshot() {
		this.node.replica().snapshot(2L, true);
		this.node.tick(2);

		this.node.replica().snapshot(4L, true);
		this.node.tick(2);

		assertThat(this.node.replica().read(0)).hasValue(new LogEntry.Snapshotted<>(0, 4, FOUR));
		assertThat(this.node.noticed(Notice.Compacted.class)).containsExactly(new Notice.Compacted(2, true),
				new Notice.Compacted(4, true));
	}

	@Test
	void refusesToSnapshotWhatIsNotDecidedOrGoneAlready() {
		assertRefused(5, Reason.UNDECIDED);
		this.node.replica().snapshot(4L, true);
		this.node.tick(2);

		assertRefused(3, Reason.ALREADY_COMPACTED);
	}

	/** Whoever asks for what is there already is told that it is. */
	@Test
	void aSnapshotThatIsThereAlreadyIsReportedAtOnce() {
		this.node.replica().snapshot(4L, true);
		this.node.tick(2);
		this.node.notices.clear();

		this.node.replica().snapshot(null, true);
		this.node.replica().snapshot(4L, true);
		this.node.settle();

		assertThat(this.node.noticed(Notice.Compacted.class)).contains(new Notice.Compacted(4, true));
	}

	/** It is there for everybody who asks this node, before it is on the disk. */
	@Test
	void aSnapshotThatHasJustComeInIsReportedLikeItsOwn() {
		OmniPaxos replica = this.node.replica();
		replica.onMessage(new Envelope(new NodeId(2), SingleReplica.SELF, 1,
				new SnapshotPiece(FIRST, 4, new SnapshotId(0, 8), FOUR.size(), 0, FOUR, SessionTable.EMPTY)));

		replica.snapshot(null, true);
		this.node.settle();

		assertThat(this.node.noticed(Notice.Compacted.class)).containsExactly(new Notice.Compacted(8, true));
	}

	/** Those who lack it could not be brought up to date any more. */
	@Test
	void aLeaderThatIsToTrimWhatItHasSnapshottedTellsNobodyElseToTrimIt() {
		this.node.replica().snapshot(4L, true);
		this.node.tick(2);
		this.node.replica().tryBecomeLeader();
		this.node.settle();
		this.node.hear(2, new Promise(this.node.replica().status().promise(), EMPTY));

		assertThatExceptionOfType(CompactionException.class).isThrownBy(() -> this.node.replica().trim(4L))
			.extracting(CompactionException::reason)
			.isEqualTo(Reason.NOT_DECIDED_EVERYWHERE);
		this.node.replica().trim(null);
		this.node.settle();

		assertThat(this.node.noticed(Notice.Compacted.class)).contains(new Notice.Compacted(4, false));
		assertThat(this.node.sentTo(2, TrimLog.class)).isEmpty();
	}

	/** Or whoever asks for everything while nothing is there would wait for ever. */
	@Test
	void compactingAnEmptyLogIsDoneAtOnceAndAsksNobody() {
		SingleReplica empty = new SingleReplica(ClusterConfig.of(1, 1, 2, 3), SingleReplica.settings(),
				new FailingFolder());
		empty.replica().tryBecomeLeader();
		empty.settle();
		empty.hear(2, new Promise(empty.replica().status().promise(), EMPTY));
		empty.sent.clear();

		empty.replica().trim(null);
		empty.replica().snapshot(null, false);
		empty.settle();

		assertThat(empty.noticed(Notice.Compacted.class)).containsExactly(new Notice.Compacted(0, false),
				new Notice.Compacted(0, true));
		assertThat(empty.sent).isEmpty();
	}

	@Test
	void takesAnOrderedSnapshotWhenItHasDecidedSoMuch() {
		this.node.hear(2, new TakeSnapshot(5));
		this.node.tick(5);
		assertThat(this.node.replica().indexes().compacted()).isZero();

		this.node.hear(3, new AcceptDecide(FIRST, 6, List.of(), 5));
		this.node.tick(3);

		assertThat(this.node.replica().indexes().compacted()).isEqualTo(5);
	}

	@Test
	void tellsOfEachSnapshotAlsoWhenMoreIsWantedByThen() {
		this.node.replica().snapshot(3L, true);
		this.node.replica().snapshot(4L, true);

		this.node.tick(4);

		assertThat(this.node.noticed(Notice.Compacted.class)).containsExactly(new Notice.Compacted(3, true),
				new Notice.Compacted(4, true));
	}

	@Test
	void theHighestOrderCounts() {
		this.node.hear(2, new TakeSnapshot(3));
		this.node.hear(2, new TakeSnapshot(4));
		this.node.hear(2, new TakeSnapshot(2));
		this.node.tick(10);

		assertThat(this.node.replica().indexes().compacted()).isEqualTo(4);
	}

	@Test
	void aTrimDropsTheSnapshotBelowIt() {
		this.node.replica().snapshot(2L, true);
		this.node.tick(2);

		this.node.hear(3, new TrimLog(FIRST, 3));
		this.node.tick(2);

		assertThat(this.node.replica().read(0, 4)).hasValueSatisfying((read) -> assertThat(read)
			.containsExactly(new LogEntry.Trimmed<>(3), new LogEntry.Decided<>(3, Payload.ofText("entry 4"))));
	}

	@Test
	void neitherTrimsNorSnapshotsTheStopSign() {
		Entry stopSign = new Entry.StopSign(new ProposalId(new NodeId(3), 1, 7), ClusterConfig.of(2, 1, 2, 3),
				Payload.EMPTY);
		this.node.hear(3, new AcceptDecide(FIRST, 6, List.of(stopSign), 7));
		this.node.hear(3, new AcceptDecide(FIRST, 7, List.of(), 7));

		assertRefused(7, Reason.UNDECIDED);
		this.node.hear(3, new TrimLog(FIRST, 7));
		this.node.tick(5);
		assertThat(this.node.replica().indexes().compacted()).isZero();
		this.node.replica().snapshot(null, true);
		this.node.tick(5);
		assertThat(this.node.replica().indexes().compacted()).isEqualTo(6);
	}

	@Test
	void aSnapshotterThatFailsEndsTheAttemptAndNothingElse() {
		this.whenFolding = FAILURE;
		this.node.replica().snapshot(null, true);
		this.node.tick(3);

		assertThat(this.node.noticed(Notice.CompactionFailed.class)).hasSize(1)
			.allSatisfy((failed) -> assertThat(failed.cause()).hasMessage("The snapshotter fails"));
		assertThat(this.node.replica().indexes().compacted()).isZero();

		this.whenFolding = NOTHING;
		this.node.replica().snapshot(null, true);
		this.node.tick(3);
		assertThat(this.node.replica().indexes().compacted()).isEqualTo(4);
	}

	/** All nodes run the same snapshotter: its errors must not stop all replicas. */
	@Test
	void aSnapshotterMayThrowAnError() {
		for (Error error : List.of(new AssertionError("wrong"), new StackOverflowError(), new LinkageError())) {
			this.node.notices.clear();
			this.whenFolding = () -> {
				throw error;
			};

			this.node.replica().snapshot(null, true);
			this.node.settle();

			assertThat(this.node.noticed(Notice.CompactionFailed.class))
				.containsExactly(new Notice.CompactionFailed(4, error));
		}
	}

	@Test
	void saysHowFarItIsToGo() {
		assertThat(this.node.replica().snapshot(null, true)).isEqualTo(4);
		assertThat(this.node.replica().snapshot(3L, true)).isEqualTo(3);

		SingleReplica alone = new SingleReplica(ClusterConfig.of(1, 1));
		alone.tick(5);
		alone.replica().append(List.of(Payload.ofText("one"), Payload.ofText("two")));
		alone.settle();
		alone.tick(10);
		assertThat(alone.replica().trim(null)).isEqualTo(2);
	}

	@Test
	void aSnapshotterMayFailMidway() {
		this.node.replica().snapshot(null, true);
		this.node.settle();
		this.whenFolding = FAILURE;

		this.node.tick(1);

		assertThat(this.node.noticed(Notice.CompactionFailed.class)).hasSize(1);
		assertThat(this.node.replica().indexes().compacted()).isZero();
	}

	@Test
	void aFailedOrderIsNotTriedForEver() {
		this.whenFolding = FAILURE;

		this.node.hear(2, new TakeSnapshot(4));
		this.node.tick(10);

		assertThat(this.node.noticed(Notice.CompactionFailed.class)).hasSize(1);
	}

	private void assertRefused(long index, Reason reason) {
		assertThatExceptionOfType(CompactionException.class).isThrownBy(() -> this.node.replica().snapshot(index, true))
			.extracting(CompactionException::reason)
			.isEqualTo(reason);
	}

	/** Joins texts, unless it is told to fail. */
	private final class FailingFolder implements SnapshotFolder {

		private final SnapshotFolder joining = new LogReaderTests.JoiningFolder();

		@Override
		public Fold begin(@Nullable Payload base) {
			check();
			Fold fold = this.joining.begin(base);
			return new Fold() {

				@Override
				public void add(List<Payload> entries) {
					check();
					fold.add(entries);
				}

				@Override
				public Payload finish() {
					return fold.finish();
				}

			};
		}

		private void check() {
			CompactingTests.this.whenFolding.run();
		}

	}

}
