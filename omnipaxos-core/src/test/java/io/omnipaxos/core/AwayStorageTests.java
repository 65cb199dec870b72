package io.omnipaxos.core;

import java.util.stream.LongStream;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.AcceptMessage.CatchUp;
import io.omnipaxos.core.message.CompactionMessage.TrimLog;
import io.omnipaxos.core.message.PrepareMessage.FetchUndecided;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.message.PrepareMessage.UndecidedPiece;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static io.omnipaxos.core.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * The storage of node 1 can't be read for a while, and next to nothing is in memory: what
 * is read for others and to compact the log waits, and the node goes on.
 */
class AwayStorageTests {

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private static final Ballot FIRST = new Ballot(1, 5, 0, new NodeId(3));

	private static final int SIZE = entry(1).size();

	private final SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3),
			SingleReplica.settings()
				.withElectionTickTimeout(1000)
				.withLimits(new Limits(1000, 100_000, 100_000, 4 * SIZE, 100L * SIZE, 0)),
			new LogReaderTests.JoiningFolder());

	/** Whoever has it may give it, this node included, as soon as it can read again. */
	@Test
	void aFollowerInStepThatLacksWhatCannotBeReadIsToldToCatchUp() {
		lead(4);
		accepted(3, 0);
		this.node.disk.away = true;

		missed(3, 0);

		assertThat(this.node.sentTo(3, CatchUp.class)).containsExactly(new CatchUp(ballot(), 3, new NodeId(2)));
		propose(5, 5);
		assertThat(this.node.sentTo(3, AcceptDecide.class)).isEmpty();
		this.node.tick(10);
		assertThat(this.node.sentTo(3, CatchUp.class)).hasSize(1);
		assertThat(this.node.disk.readsInVain).isOne();

		accepted(3, 3);
		assertThat(this.node.sentTo(3, AcceptDecide.class)).extracting(AcceptDecide::from, AcceptDecide::entries)
			.containsExactly(tuple(3L, entries(4, 5)));
	}

	@Test
	void aLatePromiserIsAnsweredOnceTheStorageCanBeRead() {
		lead(4);
		this.node.disk.away = true;

		this.node.hear(3, new Promise(ballot(), EMPTY));
		assertThat(this.node.sentTo(3, CatchUp.class)).containsExactly(new CatchUp(ballot(), 3, new NodeId(2)));
		this.node.disk.away = false;
		this.node.tick(10);

		assertThat(this.node.sentTo(3, AcceptSync.class))
			.containsExactly(new AcceptSync(ballot(), EMPTY, 0, entries(1, 2, 3), 3));
	}

	/** Each attempt may take as long as a pool has patience. */
	@Test
	void theStorageIsTriedOnceInAResendPeriodAndTheOwnerIsToldOnce() {
		lead(4);
		this.node.disk.away = true;
		for (int i = 0; i < 3; i++) {
			this.node.hear(3, new Promise(ballot(), EMPTY));
		}
		assertThat(this.node.disk.readsInVain).isOne();

		this.node.tick(30);

		assertThat(this.node.disk.readsInVain).isEqualTo(4);
		assertThat(this.node.noticed(Notice.StorageAway.class)).hasSize(1)
			.allSatisfy((away) -> assertThat(away.cause()).hasMessage("no connection to be had"));
	}

	@Test
	void theOwnerIsToldAgainAfterSomethingWasRead() {
		lead(4);
		for (int i = 1; i <= 2; i++) {
			this.node.disk.away = true;
			this.node.hear(3, new Promise(ballot(), EMPTY));
			assertThat(this.node.noticed(Notice.StorageAway.class)).hasSize(i);
			this.node.disk.away = false;
			this.node.tick(10);
		}
	}

	@Test
	void aSnapshotGoesOnWhereItWas() {
		this.node.follow(FIRST, entries(1, 2, 3, 4, 5, 6, 7), 6);
		this.node.replica().snapshot(null, true);
		this.node.settle();
		this.node.disk.away = true;
		this.node.tick(25);
		assertThat(this.node.disk.readsInVain).isEqualTo(3);
		assertThat(this.node.replica().indexes().compacted()).isZero();

		this.node.disk.away = false;
		this.node.tick(10);

		assertThat(this.node.noticed(Notice.Compacted.class)).containsExactly(new Notice.Compacted(6, true));
		assertThat(this.node.replica().read(0))
			.hasValue(new LogEntry.Snapshotted<>(0, 6, Payload.ofText("entry 1entry 2entry 3entry 4entry 5entry 6")));
	}

	@Test
	void aSnapshotBeginsOnceTheFormerOneCanBeRead() {
		this.node.follow(FIRST, entries(1, 2, 3, 4), 3);
		this.node.replica().snapshot(2L, true);
		this.node.tick(1);
		this.node.disk.away = true;

		this.node.replica().snapshot(3L, true);
		this.node.tick(25);
		assertThat(this.node.noticed(Notice.Compacted.class)).containsExactly(new Notice.Compacted(2, true));
		this.node.disk.away = false;
		this.node.tick(10);

		assertThat(this.node.noticed(Notice.Compacted.class)).endsWith(new Notice.Compacted(3, true));
		assertThat(this.node.replica().read(0))
			.hasValue(new LogEntry.Snapshotted<>(0, 3, Payload.ofText("entry 1entry 2entry 3")));
	}

	@Test
	void aTrimWaits() {
		this.node.follow(FIRST, entries(1, 2, 3, 4, 5, 6, 7), 6);
		this.node.disk.away = true;
		this.node.hear(3, new TrimLog(FIRST, 5));
		this.node.tick(25);
		assertThat(this.node.replica().indexes().compacted()).isZero();

		this.node.disk.away = false;
		this.node.tick(10);

		assertThat(this.node.noticed(Notice.Compacted.class)).containsExactly(new Notice.Compacted(5, false));
		assertThat(this.node.storage.load().compactedSessions().last()).containsExactly(entry(5).id());
	}

	/** What is undecided is in memory, and nobody adopts anything else so. */
	@Test
	void whoAsksForUndecidedEntriesThatAreDecidedIsPromisedAgain() {
		this.node.follow(FIRST, entries(1, 2, 3, 4, 5), 4);
		Ballot later = new Ballot(1, 6, 0, new NodeId(2));
		LogPosition position = new LogPosition(FIRST, 5, 4);
		this.node.disk.away = true;

		this.node.hear(2, new Prepare(later, EMPTY));
		this.node.sent.clear();
		this.node.hear(2, new FetchUndecided(later, position, 1));
		assertThat(this.node.sentTo(2, Promise.class)).containsExactly(new Promise(later, position));
		this.node.hear(2, new FetchUndecided(later, position, 4));

		assertThat(this.node.sentTo(2, UndecidedPiece.class))
			.containsExactly(new UndecidedPiece(later, position, 4, entries(5)));
	}

	/** Node 2 follows, and has what is decided: all but the last of so many entries. */
	private void lead(int entries) {
		this.node.replica().tryBecomeLeader();
		this.node.settle();
		for (long pid = 2; pid <= 3; pid++) {
			this.node.hear(pid, new Promise(ballot(), EMPTY));
		}
		propose(1, entries);
		accepted(2, entries - 1);
		this.node.sent.clear();
	}

	private void propose(long first, long last) {
		this.node.hear(3, new Propose(entries(LongStream.rangeClosed(first, last).toArray())));
	}

	private void accepted(long pid, long index) {
		this.node.hear(pid, new Accepted(ballot(), index, 0, false));
	}

	private void missed(long pid, long index) {
		this.node.hear(pid, new Accepted(ballot(), index, 0, true));
	}

	private Ballot ballot() {
		return this.node.replica().status().promise();
	}

}
