package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.CatchUpMessage.FetchDecided;
import io.omnipaxos.core.message.CatchUpMessage.SnapshotPiece;
import io.omnipaxos.core.message.CompactionMessage.TakeSnapshot;
import io.omnipaxos.core.message.CompactionMessage.TrimLog;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Node 1 follows node 3, has a snapshot of four entries, in three pieces of ten bytes,
 * and more that is decided. Others fetch that snapshot while another is wanted, of six
 * entries: which takes five ticks where nobody is waited for.
 */
class SnapshotTransfersTests {

	private static final Ballot FIRST = new Ballot(1, 5, 0, new NodeId(3));

	private static final SnapshotId FOUR = new SnapshotId(0, 4);

	private static final SnapshotId SIX = new SnapshotId(0, 6);

	private boolean foldingFails;

	private final SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3, 4, 5),
			SingleReplica.settings()
				.withElectionTickTimeout(1000)
				.withLimits(new Limits(1000, 10_000, 10_000, 10, 10_000, 0)),
			this::beginFold);

	private SnapshotFolder.Fold beginFold(@Nullable Payload base) {
		if (this.foldingFails) {
			throw new IllegalStateException("The snapshotter fails");
		}
		return new LogReaderTests.JoiningFolder().begin(base);
	}

	@BeforeEach
	void takeSnapshot() {
		this.node.follow(FIRST, entries(1, 2, 3, 4, 5, 6, 7, 8, 9), 4);
		this.node.replica().snapshot(4L, true);
		this.node.tick(9);
		decide(6);
		this.node.tick(1);
		assertThat(compacted()).isEqualTo(4);
	}

	@Test
	void aSnapshotThatNobodyFetchesIsReplacedAtOnce() {
		wantSix();
		this.node.tick(5);

		assertThat(compacted()).isEqualTo(6);
	}

	@Test
	void aSnapshotStaysUntilWhoeverFetchesItHasIt() {
		fetch(2, 0);
		wantSix();
		this.node.tick(15);
		fetch(2, 10);
		this.node.tick(15);
		fetch(2, 20);
		this.node.tick(15);
		assertThat(compacted()).isEqualTo(4);

		assertThat(fetchEntries(2, 6)).isFalse();
		this.node.tick(15);

		assertThat(compacted()).isEqualTo(6);
		assertThat(this.node.noticed(Notice.Compacted.class)).containsExactly(new Notice.Compacted(4, true),
				new Notice.Compacted(6, true));
	}

	/** Else it would find a snapshot in the place of what it lacks next. */
	@Test
	void whoeverHasItMayComeAsFarAsThisNodeWasByThen() {
		fetch(2, 0);
		fetch(2, 10);
		fetch(2, 20);
		decide(7);
		wantSix();
		assertThat(fetchEntries(2, 4)).isTrue();
		decide(9);
		this.node.tick(15);
		assertThat(fetchEntries(2, 6)).isTrue();
		this.node.tick(15);
		assertThat(compacted()).isEqualTo(4);

		assertThat(fetchEntries(2, 7)).isTrue();
		this.node.tick(5);

		assertThat(compacted()).isEqualTo(6);
	}

	@Test
	void whoeverIsSilentForThreeResendTimeoutsIsNotWaitedFor() {
		fetch(2, 0);
		wantSix();

		this.node.tick(30);
		assertThat(compacted()).isEqualTo(4);
		this.node.tick(15);

		assertThat(compacted()).isEqualTo(6);
	}

	@Test
	void whoeverAsksForTheSameAgainAndAgainMakesNoProgress() {
		fetch(2, 0);
		fetch(2, 10);
		wantSix();
		for (int tick = 0; tick < 45; tick++) {
			fetch(2, tick % 2 * 10);
			this.node.tick(1);
		}

		assertThat(compacted()).isEqualTo(6);
	}

	/** A byte more each time would do for a very long while. */
	@Test
	void onlyWhoeverAsksForWhatFollowsItsLastPieceMakesProgress() {
		fetch(2, 0);
		wantSix();
		for (int tick = 0; tick < 45; tick++) {
			fetch(2, tick / 4);
			this.node.tick(1);
		}

		assertThat(compacted()).isEqualTo(6);
	}

	/** What one has, the next asks for: the snapshot must not stay for ever. */
	@Test
	void whoeverBeginsWhileOthersAreWaitedForHoldsNothingUp() {
		fetch(2, 0);
		wantSix();
		fetch(4, 0);
		this.node.tick(15);
		fetch(2, 10);
		fetch(4, 10);
		this.node.tick(5);
		fetch(2, 20);
		fetchEntries(2, 6);
		this.node.tick(5);

		assertThat(compacted()).isEqualTo(6);
	}

	/** Even if that is wanted, and others are waited for, before it asks again. */
	@Test
	void whoeverCameTooLateIsWaitedForTheNextTime() {
		fetch(2, 0);
		wantSix();
		fetch(4, 0);
		fetch(2, 10);
		fetch(2, 20);
		fetchEntries(2, 6);
		this.node.tick(5);
		assertThat(compacted()).isEqualTo(6);

		decide(9);
		fetch(5, 0);
		this.node.hear(3, new TakeSnapshot(9));
		assertThat(fetch(4, 10)).isEqualTo(SIX);
		fetchEntries(5, 9);
		this.node.tick(9);
		assertThat(compacted()).isEqualTo(6);
		fetchEntries(4, 9);
		this.node.tick(9);

		assertThat(compacted()).isEqualTo(9);
	}

	/** It has been begun, and would be done in three ticks more. */
	@Test
	void aCompactionThatIsUnderWayWaitsAsWell() {
		wantSix();
		this.node.tick(2);
		fetch(2, 0);
		this.node.tick(9);
		assertThat(compacted()).isEqualTo(4);
		fetch(2, 10);
		fetch(2, 20);
		fetchEntries(2, 6);
		this.node.tick(3);

		assertThat(compacted()).isEqualTo(6);
		assertThat(this.node.replica().read(0))
			.hasValue(new LogEntry.Snapshotted<>(0, 6, Payload.ofText("entry 1entry 2entry 3entry 4entry 5entry 6")));
	}

	@Test
	void aTrimWaitsAsWell() {
		fetch(2, 0);
		this.node.hear(3, new TrimLog(FIRST, 6));
		this.node.tick(15);
		assertThat(compacted()).isEqualTo(4);
		assertThat(fetch(2, 10)).isEqualTo(FOUR);

		this.node.tick(35);

		assertThat(this.node.noticed(Notice.Compacted.class)).endsWith(new Notice.Compacted(6, false));
	}

	/** Nobody waits any more, and so nobody comes too late. */
	@Test
	void aCompactionThatIsGivenUpIsWaitedForByNobody() {
		fetch(2, 0);
		wantSix();
		this.foldingFails = true;
		this.node.tick(45);
		assertThat(this.node.noticed(Notice.CompactionFailed.class)).hasSize(1);

		this.foldingFails = false;
		fetch(4, 0);
		wantSix();
		this.node.tick(9);
		assertThat(compacted()).isEqualTo(4);
		this.node.tick(45);

		assertThat(compacted()).isEqualTo(6);
	}

	private void wantSix() {
		assertThat(this.node.replica().snapshot(6L, true)).isEqualTo(6);
		this.node.settle();
	}

	private void decide(long index) {
		this.node.hear(3, new AcceptDecide(FIRST, 9, List.of(), index));
	}

	/** A node asks for a piece of the first snapshot; returns which one it is given. */
	private SnapshotId fetch(long pid, long offset) {
		this.node.sent.clear();
		this.node.hear(pid, new FetchDecided(0, (offset > 0) ? FOUR : null, offset));
		return this.node.sentTo(pid, SnapshotPiece.class).get(0).snapshot();
	}

	/** A node asks for entries; returns whether it is given some. */
	private boolean fetchEntries(long pid, long from) {
		this.node.sent.clear();
		this.node.hear(pid, new FetchDecided(from, null, 0));
		return !this.node.sentTo(pid, DecidedPiece.class).isEmpty();
	}

	private long compacted() {
		return this.node.replica().indexes().compacted();
	}

}
