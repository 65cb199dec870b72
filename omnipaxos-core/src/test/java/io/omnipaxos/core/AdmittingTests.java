package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.message.PrepareMessage.UndecidedPiece;
import io.omnipaxos.core.message.ProposalMessage.Expect;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static io.omnipaxos.core.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;

/** Node 1 leads, node 3 proposes: what is let into the log, and what node 3 is told. */
class AdmittingTests {

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private static final int SIZE = entry(1).size();

	@Test
	void admitsNothingOnceTheLimitIsReached() {
		SingleReplica leader = leader(3 * SIZE, 100, 1);

		leader.hear(3, new Propose(entries(1, 2, 3, 4, 5)));

		assertThat(leader.replica().indexes().accepted()).isEqualTo(3);
	}

	/** A batch that can't grow any more does not wait for its time. */
	@Test
	void whatWaitsInABatchCountsAsUndecided() {
		SingleReplica leader = leader(4 * SIZE, 100, 3);
		leader.hear(3, new Propose(entries(1, 2, 3)));
		assertThat(leader.replica().indexes().accepted()).isEqualTo(3);

		leader.hear(3, new Propose(entries(4, 5, 6)));

		assertThat(leader.replica().indexes().accepted()).isEqualTo(4);
	}

	@Test
	void aStopSignDoesNotWaitForMore() {
		SingleReplica leader = leader(10_000, 100, 10);
		leader.hear(3, new Propose(entries(1)));
		assertThat(leader.replica().indexes().accepted()).isZero();

		leader.hear(3, new Propose(List
			.of(new Entry.StopSign(new ProposalId(new NodeId(3), 1, 2), ClusterConfig.of(2, 1, 2, 3), Payload.EMPTY))));

		assertThat(leader.replica().indexes().accepted()).isEqualTo(2);
	}

	@Test
	void admitsEntriesAsLongAsTheLimitAndNoLonger() {
		int length = entry(1).contentSize();
		SingleReplica leader = leader(10_000, length, 1);

		leader.hear(3, new Propose(entries(1)));
		assertThat(leader.replica().indexes().accepted()).isOne();
		leader.hear(3, new Propose(List.of(proposal(1, 2, "x".repeat(length + 1)))));
		assertThat(leader.replica().indexes().accepted()).isOne();
	}

	/** It would only come again; whoever set the limits must hear of it. */
	@Test
	void anEntryBeyondTheLimitIsNotAskedForAgainAndTold() {
		SingleReplica leader = leader(10_000, 5, 1);

		leader.hear(3, new Propose(List.of(proposal(1, 1, "short"), proposal(1, 2, "too long"))));

		assertThat(leader.replica().indexes().accepted()).isOne();
		assertThat(leader.sentTo(3, Expect.class)).isEmpty();
		assertThat(leader.noticed(Notice.MessageRefused.class)).containsExactly(new Notice.MessageRefused(new NodeId(3),
				"Propose", "an entry of 8 bytes, and this node's limit is 5: it should be the same on all nodes"));
	}

	/** It is told at each tick otherwise, and sends all that is under way again. */
	@Test
	void whoeverGoesOnAfterAnEntryBeyondTheLimitIsNotToldThatItIsMissing() {
		SingleReplica leader = leader(10_000, 5, 1);
		for (int tick = 0; tick < 3; tick++) {
			leader.hear(3, new Propose(List.of(proposal(1, 1, "short"), proposal(1, 2, "too long"))));
			leader.hear(3, new Propose(List.of(proposal(1, 3, "short"), proposal(1, 4, "short"))));
			leader.tick(1);
		}
		assertThat(leader.sentTo(3, Expect.class)).isEmpty();

		leader.hear(3, new Propose(List.of(proposal(2, 2, "again"))));
		assertThat(leader.sentTo(3, Expect.class)).containsExactly(new Expect(1, 2));
	}

	/** What comes before it was lost, and is let in. */
	@Test
	void whatIsMissingBeforeAnEntryBeyondTheLimitIsTold() {
		SingleReplica leader = leader(10_000, 5, 1);
		leader.hear(3, new Propose(List.of(proposal(1, 2, "too long"))));

		leader.hear(3, new Propose(List.of(proposal(1, 3, "short"))));

		assertThat(leader.sentTo(3, Expect.class)).containsExactly(new Expect(0, 1));
	}

	@Test
	void whatComesTwiceIsDroppedWithoutAWord() {
		SingleReplica leader = leader(10_000, 100, 1);
		leader.hear(3, new Propose(entries(1, 2)));

		leader.hear(3, new Propose(entries(1)));
		leader.hear(3, new Propose(entries(2)));

		assertThat(leader.sentTo(3, Expect.class)).isEmpty();
		assertThat(leader.replica().indexes().accepted()).isEqualTo(2);
	}

	@Test
	void aLaterLifeBeginsAtOne() {
		SingleReplica leader = leader(10_000, 100, 1);
		leader.hear(3, new Propose(entries(1, 2)));

		leader.hear(3, new Propose(List.of(proposal(2, 2, "b"))));
		assertThat(leader.sentTo(3, Expect.class)).containsExactly(new Expect(1, 3));
		leader.hear(3, new Propose(List.of(proposal(2, 1, "a"), proposal(2, 2, "b"))));

		assertThat(leader.replica().indexes().accepted()).isEqualTo(4);
	}

	@Test
	void anEarlierLifeIsOver() {
		SingleReplica leader = leader(10_000, 100, 1);
		leader.hear(3, new Propose(List.of(proposal(2, 1, "a"))));

		leader.hear(3, new Propose(entries(1)));
		leader.hear(3, new Propose(entries(2)));

		assertThat(leader.replica().indexes().accepted()).isOne();
		assertThat(leader.sentTo(3, Expect.class)).containsExactly(new Expect(2, 2));
	}

	@Test
	void whatIsMissingIsToldOnceInATick() {
		SingleReplica leader = leader(10_000, 100, 1);
		leader.hear(3, new Propose(entries(3)));
		leader.hear(3, new Propose(entries(4)));
		assertThat(leader.sentTo(3, Expect.class)).containsExactly(new Expect(0, 1));

		leader.tick(1);
		leader.hear(3, new Propose(entries(3)));

		assertThat(leader.sentTo(3, Expect.class)).containsExactly(new Expect(0, 1));
	}

	/** Undecided entries count: they may be decided under this leader. */
	@Test
	void aNewLeaderKnowsWhatItsWholeLogHolds() {
		SingleReplica leader = leader(10_000, 100, 1);
		leader.hear(3, new Propose(entries(1, 2, 3)));
		leader.hear(2, new Accepted(leader.replica().status().promise(), 1, 0, false));

		leader.replica().tryBecomeLeader();
		leader.settle();
		leader.hear(2, new Promise(leader.replica().status().promise(), EMPTY));
		leader.hear(3, new Propose(entries(1, 2, 3, 4)));

		assertThat(leader.replica().indexes()).extracting(LogIndexes::decided, LogIndexes::accepted)
			.containsExactly(1L, 4L);
		assertThat(leader.storage.entries(0, 10, 10_000)).isEqualTo(entries(1, 2, 3, 4));
	}

	/** Its storage has gone back, and the log that it adopts knows a later life of it. */
	@Test
	void aLeaderLetsItselfInEvenIfALaterLifeOfItIsKnown() {
		SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3));
		LogPosition longer = new LogPosition(new Ballot(1, 1, 0, new NodeId(3)), 1, 0);
		node.replica().tryBecomeLeader();
		node.settle();
		Ballot ballot = node.replica().status().promise();
		node.hear(2, new Promise(ballot, longer));
		Entry later = new Entry.Command(new ProposalId(SingleReplica.SELF, 7, 3), Payload.ofText("later"));
		node.hear(2, new UndecidedPiece(ballot, longer, 0, List.of(later)));

		assertThat(node.replica().append(Payload.ofText("a"))).isEqualTo(new ProposalId(SingleReplica.SELF, 8, 1));
		node.settle();

		assertThat(node.replica().indexes().accepted()).isEqualTo(2);
	}

	@Test
	void whoeverIsTurnedAwayIsToldOnceThereIsRoomAndNotBefore() {
		SingleReplica leader = leader(SIZE, 100, 1);
		leader.hear(3, new Propose(entries(1, 2)));
		leader.sent.clear();

		leader.tick(1);
		assertThat(leader.sentTo(3, Expect.class)).isEmpty();
		leader.hear(2, new Accepted(leader.replica().status().promise(), 1, 0, false));
		leader.tick(1);
		assertThat(leader.sentTo(3, Expect.class)).containsExactly(new Expect(1, 2));
		leader.tick(1);
		assertThat(leader.sentTo(3, Expect.class)).isEmpty();
	}

	@Test
	void admitsNothingWhileTheStorageHasNoRoom() {
		SingleReplica leader = leader(10_000, 100, 1);
		leader.disk.full = true;
		leader.hear(3, new Propose(entries(1, 2)));
		leader.replica().append(Payload.ofText("own"));
		leader.tick(5);
		assertThat(leader.replica().indexes().accepted()).isZero();
		assertThat(leader.replica().status()).returns(true, ReplicaStatus::full).returns(1, ReplicaStatus::pending);
		assertThat(leader.sentTo(3, Expect.class)).isEmpty();

		leader.disk.full = false;
		leader.tick(1);

		assertThat(leader.replica().indexes().accepted()).isOne();
		assertThat(leader.replica().status().full()).isFalse();
		assertThat(leader.sentTo(3, Expect.class)).containsExactly(new Expect(0, 1));
	}

	private static Entry proposal(long session, long seq, String text) {
		return new Entry.Command(new ProposalId(new NodeId(3), session, seq), Payload.ofText(text));
	}

	private static SingleReplica leader(int maxUndecidedBytes, int maxEntryBytes, int batchSize) {
		Limits limits = new Limits(maxEntryBytes, 100_000, maxUndecidedBytes, 10_000, 10_000, 10_000);
		SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3),
				SingleReplica.settings().withElectionTickTimeout(1000).withLimits(limits).withBatchSize(batchSize),
				null);
		node.replica().tryBecomeLeader();
		node.settle();
		Ballot ballot = node.replica().status().promise();
		node.hear(2, new Promise(ballot, EMPTY));
		node.hear(2, new Accepted(ballot, 0, 0, false));
		node.sent.clear();
		return node;
	}

}
