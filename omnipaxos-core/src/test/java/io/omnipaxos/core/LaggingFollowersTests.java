package io.omnipaxos.core;

import java.util.List;
import java.util.stream.LongStream;

import io.omnipaxos.core.ReplicaStatus.PeerStatus;
import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.AcceptMessage.CatchUp;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.message.ProposalMessage.Expect;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Node 1 leads, node 2 is always as far, and node 3 is behind: what it is sent, when, and
 * how much of it at once. All entries are equally long.
 */
class LaggingFollowersTests {

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private static final int SIZE = Entries.entry(1).size();

	private SingleReplica leader = leader(100, 100);

	private long appended;

	@Test
	void atMostAWindowIsUnderWayToAFollower() {
		this.leader = leader(100, 3);
		inStep(3, 0);

		append(9);
		assertThat(acceptsTo3()).containsExactly(range(0, 3));

		accepted(3, 2);
		assertThat(entriesTo3()).isEmpty();
		accepted(3, 3);
		assertThat(entriesTo3()).containsExactly(range(3, 6));
	}

	@Test
	void aWindowIsAsLargeAfterAGapAsBefore() {
		this.leader = leader(100, 3);
		inStep(3, 0);
		append(9);
		missed(3, 0);
		assertThat(entriesTo3()).containsExactly(range(0, 3), range(0, 3));

		accepted(3, 3);

		assertThat(entriesTo3()).containsExactly(range(3, 6));
	}

	@Test
	void aWindowIsFilledPieceByPiece() {
		this.leader = leader(2, 5);
		inStep(3, 0);

		append(9);

		assertThat(acceptsTo3()).containsExactly(range(0, 2), range(2, 4), range(4, 5));
	}

	@Test
	void followersThatAreNotEquallyFarAreEachSentWhatTheyLack() {
		inStep(3, 0);
		append(2);
		accepted(2, 2);
		missed(3, 0);
		this.leader.sent.clear();

		append(1);
		missed(3, 1);

		assertThat(acceptsTo3()).last().isEqualTo(range(1, 3));
	}

	/** What fits the open window of one follower may be too much for another's. */
	@Test
	void aMessageThatIsSharedFitsTheWindowOfEach() {
		this.leader = leader(100, 3);
		inStep(3, 0);
		append(2);
		accepted(2, 2);

		append(3);

		assertThat(entriesTo3()).containsExactly(range(0, 2), range(2, 3));
	}

	@Test
	void aFollowerInStepThatLacksWhatIsNotInMemoryIsToldToCatchUp() {
		this.leader = leader(2, 4, 0);
		decideWithout3(4);

		missed(3, 0);

		assertThat(this.leader.sentTo(3, CatchUp.class)).containsExactly(new CatchUp(ballot(), 4, new NodeId(2)));
	}

	/** It would fall behind further, piece after piece, while entries come in. */
	@Test
	void aFollowerInStepIsSentWhatIsInMemoryHoweverMuchItLacks() {
		this.leader = leader(2, 3);
		farBehind();

		missed(3, 0);

		assertThat(this.leader.sent).noneMatch((envelope) -> envelope.message() instanceof CatchUp);
		assertThat(entriesTo3()).containsExactly(range(0, 2), range(2, 3));
	}

	@Test
	void aFollowerInStepIsSentWhatIsNotInMemoryIfThatIsAllThatIsDecided() {
		this.leader = leader(4, 100, 0);
		inStep(3, 0);
		append(4);
		accepted(2, 3);
		this.leader.sent.clear();

		missed(3, 0);

		assertThat(entriesTo3()).containsExactly(range(0, 4));
	}

	/** One entry of what is decided is always in memory, and all of it fits a message. */
	@Test
	void aFollowerInStepIsSentWhatIsOnTheDiskTogetherWithWhatIsInMemory() {
		this.leader = leader(4, 100, 0);
		decideWithout3(4);

		missed(3, 0);

		assertThat(this.leader.sent).noneMatch((envelope) -> envelope.message() instanceof CatchUp);
		assertThat(acceptsTo3()).containsExactly(range(0, 4));
	}

	@Test
	void aLatePromiserIsSentWhatIsOnTheDiskTogetherWithWhatIsInMemory() {
		this.leader = leader(5, 100, 0);
		append(5);
		accepted(2, 5);
		this.leader.sent.clear();

		this.leader.hear(3, new Promise(ballot(), EMPTY));

		assertThat(this.leader.sentTo(3, AcceptSync.class))
			.containsExactly(new AcceptSync(ballot(), EMPTY, 0, Entries.entries(1, 2, 3, 4, 5), 5));
	}

	@Test
	void whatIsOnTheDiskAndInMemoryFitsAMessageTogether() {
		this.leader = leader(4, 100, 0);
		decideWithout3(5);

		missed(3, 0);

		assertThat(this.leader.sentTo(3, CatchUp.class)).containsExactly(new CatchUp(ballot(), 5, new NodeId(2)));
	}

	@Test
	void aFollowerToWhichSomethingIsUnderWayGoesOn() {
		this.leader = leader(2, 6, 0);
		inStep(3, 0);
		append(9);
		accepted(2, 9);
		assertThat(entriesTo3()).containsExactly(range(0, 2), range(2, 4), range(4, 6));

		accepted(3, 2);

		assertThat(entriesTo3()).containsExactly(range(6, 8));
	}

	@Test
	void aStorageThatReadsAtOnceIsAsGoodAsMemory() {
		this.leader = leader(2, 3, 0);
		this.leader.disk.readsAtOnce = true;
		farBehind();

		missed(3, 0);

		assertThat(this.leader.sent).noneMatch((envelope) -> envelope.message() instanceof CatchUp);
		assertThat(entriesTo3()).containsExactly(range(0, 2), range(2, 3));
	}

	@Test
	void aFollowerThatOnePieceBringsUpToWhatIsDecidedIsSentThat() {
		this.leader = leader(4, 100);
		decideWithout3(4);

		missed(3, 0);

		assertThat(this.leader.sent).noneMatch((envelope) -> envelope.message() instanceof CatchUp);
		assertThat(acceptsTo3()).containsExactly(range(0, 4));
	}

	/** A window that is smaller than a piece leads on too, if slowly. */
	@Test
	void aSmallWindowIsNoReasonToCatchUp() {
		this.leader = leader(100, 2);
		inStep(3, 0);
		append(2);
		accepted(2, 2);
		append(2);
		accepted(2, 4);
		this.leader.sent.clear();

		missed(3, 0);

		assertThat(acceptsTo3()).containsExactly(range(0, 2));
	}

	@Test
	void whoCatchesUpIsSentNothingUntilItHasAndIsRemindedMeanwhile() {
		this.leader = leader(2, 4, 0);
		inStep(3, 0);
		append(4);
		accepted(2, 4);
		missed(3, 0);
		this.leader.sent.clear();

		append(1);
		assertThat(acceptsTo3()).isEmpty();
		this.leader.tick(10);
		assertThat(this.leader.sentTo(3, CatchUp.class)).containsExactly(new CatchUp(ballot(), 4, new NodeId(2)));

		accepted(3, 4);
		assertThat(acceptsTo3()).containsExactly(range(4, 5));
	}

	/** Without its storage it obeys nobody, and nobody counts what it had confirmed. */
	@Test
	void whoCatchesUpAndIsNotHeardIsPreparedAgain() {
		this.leader = leader(2, 4, 0);
		inStep(3, 0);
		append(4);
		this.leader.hear(2, new Accepted(ballot(), 4, 4, false));
		this.leader.hear(3, new Accepted(ballot(), 1, 1, true));
		this.leader.tick(10);
		assertThat(this.leader.sentTo(3, CatchUp.class)).isNotEmpty();
		this.leader.tick(10);
		assertThat(this.leader.sentTo(3, Prepare.class)).extracting(Prepare::ballot).containsExactly(ballot());

		this.leader.hear(3, new Promise(ballot(), EMPTY));

		assertThat(this.leader.replica().status().peers()).extracting(PeerStatus::acceptedIndex)
			.containsExactly(4L, -1L);
		assertThatExceptionOfType(CompactionException.class).isThrownBy(() -> this.leader.replica().trim(1L));
	}

	@Test
	void whoCatchesUpFromOutOfStepIsAnsweredAgainForItsPromise() {
		this.leader.hear(3, new Promise(ballot(), EMPTY));
		this.leader.sent.clear();

		this.leader.tick(10);

		assertThat(this.leader.sentTo(3, AcceptSync.class)).containsExactly(sync(EMPTY, 0));
	}

	@Test
	void aNewPromiseTakesThePlaceOfTheLast() {
		LogPosition other = new LogPosition(new Ballot(1, 0, 0, new NodeId(2)), 4, 0);
		this.leader.hear(3, new Promise(ballot(), other));
		this.leader.hear(3, new Promise(ballot(), EMPTY));
		this.leader.sent.clear();

		this.leader.tick(10);

		assertThat(this.leader.sentTo(3, AcceptSync.class)).containsExactly(sync(EMPTY, 0));
	}

	@Test
	void whoHasNotPromisedIsAskedAgain() {
		this.leader.sent.clear();

		this.leader.tick(10);

		assertThat(this.leader.sentTo(3, Prepare.class)).extracting(Prepare::ballot).containsExactly(ballot());
	}

	@Test
	void aLatePromiseShowsWhatIsDecided() {
		append(3);

		this.leader.hear(3, new Promise(ballot(), new LogPosition(Ballot.NONE, 2, 2)));

		assertThat(this.leader.replica().indexes().decided()).isEqualTo(2);
	}

	@Test
	void aLatePromiserIsSentWhatIsDecidedWhenItFits() {
		append(2);
		accepted(2, 2);

		this.leader.hear(3, new Promise(ballot(), EMPTY));

		assertThat(this.leader.sentTo(3, AcceptSync.class))
			.containsExactly(new AcceptSync(ballot(), EMPTY, 0, Entries.entries(1, 2), 2));
	}

	/** What it is sent reaches the sync point, and so may be followed by the rest. */
	@Test
	void aLatePromiserIsSentAPieceOfWhatIsDecidedAndInMemoryAndThenTheRest() {
		this.leader = leader(2, 4);
		append(5);
		accepted(2, 5);

		this.leader.hear(3, new Promise(ballot(), EMPTY));
		assertThat(this.leader.sentTo(3, AcceptSync.class))
			.containsExactly(new AcceptSync(ballot(), EMPTY, 0, Entries.entries(1, 2), 5));

		accepted(3, 2);
		assertThat(entriesTo3()).containsExactly(range(2, 4), range(4, 5));
	}

	@Test
	void aLatePromiserIsSentThePieceThatReachesTheSyncPointExactly() {
		this.leader = leaderThatAdopted(2, 2);
		append(3, 5);
		accepted(2, 5);
		this.leader.sent.clear();

		this.leader.hear(3, new Promise(ballot(), EMPTY));

		assertThat(this.leader.sentTo(3, AcceptSync.class))
			.containsExactly(new AcceptSync(ballot(), EMPTY, 0, Entries.entries(1, 2), 5));
	}

	@Test
	void aLatePromiserIsSentThePieceThatReachesWhatIsDecidedExactlyAndTheUndecidedRest() {
		this.leader = leaderThatAdopted(4, 2);
		this.leader.sent.clear();

		this.leader.hear(3, new Promise(ballot(), EMPTY));

		assertThat(this.leader.sentTo(3, AcceptSync.class))
			.containsExactly(new AcceptSync(ballot(), EMPTY, 0, Entries.entries(1, 2, 3, 4), 2));
	}

	@Test
	void aLatePromiserThatLacksWhatIsNotInMemoryIsToldToCatchUp() {
		this.leader = leader(2, 4, 0);
		append(5);
		accepted(2, 5);
		this.leader.sent.clear();

		this.leader.hear(3, new Promise(ballot(), EMPTY));

		assertThat(this.leader.sent).noneMatch((envelope) -> envelope.message() instanceof AcceptSync);
		assertThat(this.leader.sentTo(3, CatchUp.class)).containsExactly(new CatchUp(ballot(), 5, new NodeId(2)));
	}

	/** The decided index of such a promise may exceed all that this leader knows of. */
	@Test
	void aLatePromiseShowsNoMoreThanTheLeaderHas() {
		append(1);

		this.leader.hear(3, new Promise(ballot(), new LogPosition(Ballot.NONE, 2, 2)));

		assertThat(this.leader.replica().indexes().decided()).isOne();
	}

	@Test
	void aFollowerThatIsBackIsProbedAtOnceAndToldWhatIsExpectedOfIt() {
		inStep(3, 0);
		append(2);
		this.leader.sent.clear();

		this.leader.replica().reconnected(new NodeId(3));
		this.leader.settle();

		assertThat(this.leader.sent).filteredOn((envelope) -> envelope.to().equals(new NodeId(3)))
			.extracting((envelope) -> envelope.message())
			.containsExactly(new AcceptDecide(ballot(), 2, List.of(), 0), new Expect(1, 3));
	}

	/** There is nothing to probe for; but it may be back without its storage. */
	@Test
	void aFollowerThatIsBackAndHadConfirmedEverythingIsPrepared() {
		inStep(3, 0);

		this.leader.replica().reconnected(new NodeId(3));
		this.leader.settle();

		assertThat(this.leader.sentTo(3, Prepare.class))
			.containsExactly(new Prepare(ballot(), new LogPosition(ballot(), 0, 0)));
	}

	/** Without its storage it knows nothing of its promise, and obeys nobody. */
	@Test
	void whoHasPromisedAndIsNotHeardIsPreparedAgain() {
		this.leader.hear(3, new Promise(ballot(), EMPTY));
		this.leader.sent.clear();

		this.leader.tick(10);
		assertThat(this.leader.sent).noneMatch((envelope) -> envelope.message() instanceof Prepare);
		this.leader.tick(10);
		assertThat(this.leader.sentTo(3, Prepare.class)).extracting(Prepare::ballot).containsExactly(ballot());
	}

	/** What was sent to it just then may be lost, and it would wait for ever. */
	@Test
	void aFollowerThatIsBackIsPreparedUntilItAnswers() {
		inStep(3, 0);
		this.leader.replica().reconnected(new NodeId(3));
		this.leader.settle();
		this.leader.sent.clear();

		this.leader.tick(20);
		assertThat(this.leader.sentTo(3, Prepare.class)).isNotEmpty();
		accepted(3, 0);
		this.leader.sent.clear();
		this.leader.tick(100);
		assertThat(this.leader.sentTo(3, Prepare.class)).isEmpty();
	}

	/** It is in step only in the leader's eyes, and promises when it is asked to. */
	@Test
	void aFollowerThatConfirmsNothingForAResendPeriodIsPreparedAgain() {
		inStep(3, 0);
		append(1);
		accepted(2, 1);
		accepted(3, 1);
		append(1);
		this.leader.sent.clear();

		this.leader.tick(10);
		assertThat(this.leader.sent).noneMatch((envelope) -> envelope.message() instanceof Prepare);
		this.leader.tick(10);
		assertThat(this.leader.sentTo(3, Prepare.class)).extracting(Prepare::ballot).containsExactly(ballot());
	}

	/** What it had confirmed is gone: it is sent everything, and nothing is trimmed. */
	@Test
	void aFollowerInStepThatPromisesHasLostItsStorage() {
		inStep(3, 0);
		append(4);
		for (long pid = 2; pid <= 3; pid++) {
			this.leader.hear(pid, new Accepted(ballot(), 4, 4, false));
		}
		this.leader.tick(10);
		this.leader.sent.clear();

		this.leader.hear(3, new Promise(ballot(), EMPTY));

		assertThat(this.leader.sentTo(3, AcceptSync.class))
			.containsExactly(new AcceptSync(ballot(), EMPTY, 0, Entries.entries(1, 2, 3, 4), 4));
		assertThatExceptionOfType(CompactionException.class).isThrownBy(() -> this.leader.replica().trim(4L));
		accepted(3, 4);
		append(1);
		assertThat(entriesTo3()).containsExactly(range(4, 5));
	}

	/** In memory as the rest is, they are gone all the same. */
	@Test
	void aLatePromiserThatLacksWhatWasTrimmedIsToldToCatchUp() {
		this.leader = leader(2, 4, 0);
		this.leader.disk.readsAtOnce = true;
		inStep(3, 0);
		append(5);
		for (long pid = 2; pid <= 3; pid++) {
			this.leader.hear(pid, new Accepted(ballot(), 5, 5, false));
		}
		this.leader.tick(10);
		this.leader.replica().trim(4L);
		this.leader.tick(10);
		assertThat(this.leader.replica().indexes().compacted()).isEqualTo(4);
		this.leader.sent.clear();

		this.leader.hear(3, new Promise(ballot(), EMPTY));

		assertThat(this.leader.sent).noneMatch((envelope) -> envelope.message() instanceof AcceptSync);
		assertThat(this.leader.sentTo(3, CatchUp.class)).containsExactly(new CatchUp(ballot(), 5, new NodeId(2)));
	}

	@Test
	void whatWasUnderWayToAFollowerThatHasLostItsStorageIsSentAgain() {
		this.leader = leader(100, 3);
		inStep(3, 0);
		append(3);
		assertThat(entriesTo3()).containsExactly(range(0, 3));

		this.leader.hear(3, new Promise(ballot(), EMPTY));
		accepted(3, 0);

		assertThat(entriesTo3()).containsExactly(range(0, 3));
	}

	/** A gap is answered once in a period, and a reconnect begins another. */
	@Test
	void aGapIsAnsweredAgainAfterAReconnect() {
		inStep(3, 0);
		append(2);
		missed(3, 0);
		this.leader.replica().reconnected(new NodeId(3));
		this.leader.settle();
		this.leader.sent.clear();

		missed(3, 0);

		assertThat(acceptsTo3()).containsExactly(range(0, 2));
	}

	@Test
	void whoMatchesButHasNotConfirmedTheDecidedIndexIsProbed() {
		inStep(3, 0);
		append(1);
		accepted(2, 1);
		accepted(3, 1);
		this.leader.sent.clear();

		this.leader.tick(10);

		assertThat(acceptsTo3()).containsExactly(range(1, 1));
	}

	@Test
	void everybodyIsToldWhatIsExpectedOfThemWhenTheAcceptPhaseBegins() {
		SingleReplica fresh = new SingleReplica(ClusterConfig.of(1, 1, 2, 3));
		fresh.replica().tryBecomeLeader();
		fresh.settle();
		fresh.hear(2, new Promise(fresh.replica().status().promise(), EMPTY));

		assertThat(fresh.sentTo(3, Expect.class)).containsExactly(new Expect(0, 1));
	}

	/** Leads with pieces of two entries, after it had followed node 2. */
	private static SingleReplica leaderThatAdopted(int entries, int decided) {
		SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3),
				SingleReplica.settings()
					.withElectionTickTimeout(1000)
					.withLimits(new Limits(1000, 100_000, 100_000, 2 * SIZE, 100L * SIZE, 100L * SIZE)),
				null);
		Ballot former = new Ballot(1, 1, 0, new NodeId(2));
		node.follow(former, Entries.entries(LongStream.rangeClosed(1, entries).toArray()), decided);
		node.replica().tryBecomeLeader();
		node.settle();
		Ballot ballot = node.replica().status().promise();
		node.hear(2, new Promise(ballot, new LogPosition(former, entries, decided)));
		return node;
	}

	private SingleReplica leader(int pieceEntries, int windowEntries) {
		return leader(pieceEntries, windowEntries, 100);
	}

	private SingleReplica leader(int pieceEntries, int windowEntries, int cachedEntries) {
		Limits limits = new Limits(1000, 100_000, 100_000, pieceEntries * SIZE, (long) windowEntries * SIZE,
				(long) cachedEntries * SIZE);
		SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3),
				SingleReplica.settings().withElectionTickTimeout(1000).withLimits(limits), null);
		node.replica().tryBecomeLeader();
		node.settle();
		Ballot ballot = node.replica().status().promise();
		node.hear(2, new Promise(ballot, EMPTY));
		node.hear(2, new Accepted(ballot, 0, 0, false));
		return node;
	}

	/** Node 3 is in step and lacks eight entries that are decided. */
	private void farBehind() {
		decideWithout3(8);
	}

	/** Entries that node 3 lacks, although it is in step. */
	private void decideWithout3(int entries) {
		inStep(3, 0);
		append(entries);
		accepted(2, entries);
		this.leader.sent.clear();
	}

	private void inStep(long pid, long accepted) {
		this.leader.hear(pid, new Promise(ballot(), EMPTY));
		accepted(pid, accepted);
		this.leader.sent.clear();
	}

	/** Node 3 proposes, up to nine entries: they are equally long. */
	private void append(int entries) {
		LongStream numbers = LongStream.rangeClosed(this.appended + 1, this.appended + entries);
		this.leader.hear(3, new Propose(numbers.mapToObj(Entries::entry).toList()));
		this.appended += entries;
	}

	/** Node 3 proposes entries by their numbers. */
	private void append(int first, int last) {
		this.leader.hear(3, new Propose(Entries.entries(LongStream.rangeClosed(first, last).toArray())));
	}

	private void accepted(long pid, long index) {
		this.leader.hear(pid, new Accepted(ballot(), index, 0, false));
	}

	private void missed(long pid, long index) {
		this.leader.hear(pid, new Accepted(ballot(), index, 0, true));
	}

	private List<Range> acceptsTo3() {
		return this.leader.sentTo(3, AcceptDecide.class)
			.stream()
			.map((accept) -> new Range(accept.from(), accept.from() + accept.entries().size()))
			.toList();
	}

	private List<Range> entriesTo3() {
		return acceptsTo3().stream().filter((range) -> range.from() < range.to()).toList();
	}

	private AcceptSync sync(LogPosition of, long decided) {
		return new AcceptSync(ballot(), of, 0, List.of(), decided);
	}

	private Ballot ballot() {
		return this.leader.replica().status().promise();
	}

	private static Range range(long from, long to) {
		return new Range(from, to);
	}

	/** Entries of one message. */
	private record Range(long from, long to) {
	}

}
