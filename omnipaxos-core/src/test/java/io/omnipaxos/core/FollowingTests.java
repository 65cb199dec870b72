package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.AcceptMessage.CatchUp;
import io.omnipaxos.core.message.AcceptMessage.HandOver;
import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.PrepareMessage.FetchUndecided;
import io.omnipaxos.core.message.PrepareMessage.NotAccepted;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.message.PrepareMessage.UndecidedPiece;
import io.omnipaxos.core.message.ReadMessage.ReadAck;
import io.omnipaxos.core.message.ReadMessage.ReadProbe;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageOp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Node 1 obeys node 3, message by message.
 */
class FollowingTests {

	private static final Ballot FIRST = new Ballot(1, 5, 0, new NodeId(3));

	private static final Ballot SECOND = new Ballot(1, 6, 0, new NodeId(2));

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private final SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3));

	@BeforeEach
	void promise() {
		this.node.hear(3, new Prepare(FIRST, EMPTY));
	}

	@Test
	void aPromiseIsOnTheDiskBeforeItLeaves() {
		OmniPaxos replica = this.node.replica();
		replica.onMessage(new Envelope(new NodeId(2), SingleReplica.SELF, 1, new Prepare(SECOND, EMPTY)));

		Effects before = replica.drain();
		assertThat(before.messages()).isEmpty();
		assertThat(before.writes()).containsExactly(new StorageOp.SetPromise(SECOND));

		replica.written();
		assertThat(replica.drain().messages()).extracting((envelope) -> envelope.message())
			.containsExactly(new Promise(SECOND, EMPTY));
		replica.written();
	}

	@Test
	void promisesAgainWhenAskedAgain() {
		this.node.sent.clear();
		this.node.hear(3, new Prepare(FIRST, EMPTY));

		assertThat(this.node.sentTo(3, Promise.class)).containsExactly(new Promise(FIRST, EMPTY));
	}

	@Test
	void tellsHowFarItHasAcceptedWhenAskedToPromiseWhatItIsInStepWith() {
		sync(entries(1, 2));
		this.node.sent.clear();

		this.node.hear(3, new Prepare(FIRST, EMPTY));

		assertThat(this.node.sentTo(3, Accepted.class)).containsExactly(new Accepted(FIRST, 2, 0, false));
	}

	@Test
	void refusesALowerBallotAndNamesItsPromise() {
		this.node.hear(2, new Prepare(SECOND, EMPTY));

		this.node.hear(3, new Prepare(FIRST, EMPTY));

		assertThat(this.node.sentTo(3, NotAccepted.class)).containsExactly(new NotAccepted(FIRST, SECOND));
	}

	@Test
	void whatItPromisesBeforeTheWriteIsDoneTakesThePlaceOfAnEarlierPromise() {
		OmniPaxos replica = this.node.replica();
		this.node.sent.clear();

		replica.onMessage(new Envelope(new NodeId(3), SingleReplica.SELF, 1, new Prepare(FIRST, EMPTY)));
		replica.onMessage(new Envelope(new NodeId(2), SingleReplica.SELF, 1, new Prepare(SECOND, EMPTY)));
		this.node.settle();

		assertThat(this.node.sent).extracting(Envelope::message)
			.filteredOn(Promise.class::isInstance)
			.containsExactly(new Promise(SECOND, EMPTY));
	}

	@Test
	void tellsALeaderThatIsBackHowFarItHasAccepted() {
		sync(entries(1, 2));
		this.node.sent.clear();

		this.node.replica().reconnected(new NodeId(3));
		this.node.settle();

		assertThat(this.node.sentTo(3, Accepted.class)).containsExactly(new Accepted(FIRST, 2, 0, false));
	}

	@Test
	void aSyncTellsHowMuchIsDecided() {
		this.node.hear(3, new AcceptSync(FIRST, EMPTY, 0, entries(1, 2), 1));

		assertThat(this.node.replica().indexes().decided()).isOne();
	}

	@Test
	void doesNotObeyWhoSpeaksForABallotOfAnotherNode() {
		this.node.sent.clear();
		this.node.hear(3, new Prepare(SECOND, EMPTY));

		assertThat(this.node.replica().status().promise()).isEqualTo(FIRST);
		assertThat(this.node.sent).isEmpty();
	}

	@Test
	void doesNotObeyANodeThatIsNotOfTheConfiguration() {
		this.node.hear(9, new Prepare(new Ballot(1, 7, 0, new NodeId(9)), EMPTY));

		assertThat(this.node.replica().status().promise()).isEqualTo(FIRST);
	}

	@Test
	void aSyncThatAnswersAnotherPromiseIsAnsweredWithANewOne() {
		this.node.sent.clear();
		LogPosition other = new LogPosition(Ballot.NONE, 3, 1);

		this.node.hear(3, new AcceptSync(FIRST, other, 0, entries(1, 2), 0));

		assertThat(this.node.sentTo(3, Promise.class)).containsExactly(new Promise(FIRST, EMPTY));
		assertThat(this.node.replica().indexes().accepted()).isZero();
	}

	/**
	 * Accepted round and accepted index are not enough to name a promise: meanwhile the
	 * node may have learned of decided entries that the leader's answer would cut off.
	 */
	@Test
	void aSyncThatAnswersAPromiseWithAnotherDecidedIndexDoesNotFit() {
		sync(entries(1, 2, 3, 4));
		this.node.hear(2, new Prepare(SECOND, EMPTY));
		LogPosition promised = new LogPosition(FIRST, 4, 0);
		this.node.hear(3, new DecidedPiece(SECOND, 0, entries(1, 2), 2));
		this.node.sent.clear();

		this.node.hear(2, new AcceptSync(SECOND, promised, 0, entries(7), 0));

		assertThat(this.node.sentTo(2, Promise.class))
			.containsExactly(new Promise(SECOND, new LogPosition(FIRST, 4, 2)));
	}

	/** The source of the fetch is gone, and nobody else has what it had decided. */
	@Test
	void aSyncThatDoesNotFitIsAnsweredEvenDuringAFetch() {
		sync(entries(1, 2, 3));
		this.node.hear(2, new Prepare(SECOND, EMPTY));
		LogPosition promised = new LogPosition(FIRST, 3, 0);
		this.node.hear(3, new DecidedPiece(FIRST, 0, entries(1), 1));
		this.node.hear(2, new CatchUp(SECOND, 9, new NodeId(2)));
		this.node.sent.clear();

		this.node.hear(2, new AcceptSync(SECOND, promised, 0, entries(1, 2), 1));

		assertThat(this.node.sentTo(2, Promise.class))
			.containsExactly(new Promise(SECOND, new LogPosition(FIRST, 3, 1)));
	}

	@Test
	void aRepeatedSyncDoesNotCutWhatWasAcceptedSince() {
		sync(entries(1, 2));
		this.node.hear(3, new AcceptDecide(FIRST, 2, entries(3), 2));

		sync(entries(1, 2));

		assertThat(this.node.replica().indexes().accepted()).isEqualTo(3);
	}

	@Test
	void acceptsOverlappingEntriesOnce() {
		sync(entries(1, 2));

		this.node.hear(3, new AcceptDecide(FIRST, 1, entries(2, 3, 4), 3));

		assertThat(this.node.replica().indexes()).extracting(LogIndexes::accepted, LogIndexes::decided)
			.containsExactly(4L, 3L);
		assertThat(this.node.storage.entries(0, 10, 10_000)).isEqualTo(entries(1, 2, 3, 4));
	}

	@Test
	void reportsAGapAndAppendsNothingBeyondIt() {
		sync(entries(1, 2));
		this.node.sent.clear();

		this.node.hear(3, new AcceptDecide(FIRST, 5, entries(6), 4));

		assertThat(this.node.sentTo(3, Accepted.class)).containsExactly(new Accepted(FIRST, 2, 0, true));
		assertThat(this.node.replica().indexes()).extracting(LogIndexes::accepted, LogIndexes::decided)
			.containsExactly(2L, 2L);
	}

	@Test
	void promisesAgainWhenItGetsAnAcceptThatItCannotTake() {
		this.node.sent.clear();

		this.node.hear(3, new AcceptDecide(FIRST, 0, entries(1), 0));

		assertThat(this.node.sentTo(3, Promise.class)).containsExactly(new Promise(FIRST, EMPTY));
		assertThat(this.node.replica().indexes().accepted()).isZero();
	}

	@Test
	void doesNotAnswerWhatOnlyTellsThatMoreIsDecided() {
		sync(entries(1, 2));
		this.node.sent.clear();

		this.node.hear(3, new AcceptDecide(FIRST, 2, List.of(), 2));

		assertThat(this.node.sent).isEmpty();
		assertThat(this.node.replica().indexes().decided()).isEqualTo(2);
	}

	@Test
	void answersAProbeWithTheDecidedIndexThatIsOnTheDisk() {
		sync(entries(1, 2));
		this.node.hear(3, new AcceptDecide(FIRST, 2, List.of(), 2));
		this.node.sent.clear();
		this.node.hear(3, new AcceptDecide(FIRST, 2, List.of(), 2));
		assertThat(this.node.sentTo(3, Accepted.class)).containsExactly(new Accepted(FIRST, 2, 0, false));

		this.node.tick(10);
		this.node.sent.clear();
		this.node.hear(3, new AcceptDecide(FIRST, 2, List.of(), 2));

		assertThat(this.node.sentTo(3, Accepted.class)).containsExactly(new Accepted(FIRST, 2, 2, false));
	}

	@Test
	void showsItsUndecidedEntriesOnlyWhileTheLogIsAsPromised() {
		sync(entries(1, 2, 3));
		this.node.hear(2, new Prepare(SECOND, EMPTY));
		LogPosition promised = new LogPosition(FIRST, 3, 0);
		this.node.sent.clear();

		this.node.hear(2, new FetchUndecided(SECOND, promised, 1));
		assertThat(this.node.sentTo(2, UndecidedPiece.class))
			.containsExactly(new UndecidedPiece(SECOND, promised, 1, entries(2, 3)));

		this.node.hear(2, new FetchUndecided(SECOND, new LogPosition(FIRST, 3, 1), 1));
		assertThat(this.node.sentTo(2, Promise.class)).containsExactly(new Promise(SECOND, promised));
	}

	@Test
	void showsNothingToWhomItHasLeftBeforeTheWrite() {
		sync(entries(1, 2, 3));
		this.node.hear(2, new Prepare(SECOND, EMPTY));
		OmniPaxos replica = this.node.replica();
		this.node.sent.clear();

		replica.onMessage(new Envelope(new NodeId(2), SingleReplica.SELF, 1,
				new FetchUndecided(SECOND, new LogPosition(FIRST, 3, 0), 0)));
		replica.onMessage(new Envelope(new NodeId(3), SingleReplica.SELF, 1,
				new Prepare(new Ballot(1, 7, 0, new NodeId(3)), EMPTY)));
		this.node.settle();

		assertThat(this.node.sentTo(2, UndecidedPiece.class)).isEmpty();
	}

	/**
	 * Otherwise a superseded leader makes its followers decide their own, different
	 * entries.
	 */
	@Test
	void whoTakesADecidedPiecePromisesWhatItsSenderPromised() {
		sync(entries(1, 2));

		this.node.hear(2, new DecidedPiece(SECOND, 0, entries(8, 9), 2));

		assertThat(this.node.replica().status().promise()).isEqualTo(SECOND);
		assertThat(this.node.writes.get(this.node.writes.size() - 1)).contains(new StorageOp.SetPromise(SECOND));
	}

	@Test
	void cutsItsLogOnlyWhereADecidedPieceDiffers() {
		sync(entries(1, 2, 3, 4));

		this.node.hear(2, new DecidedPiece(FIRST, 0, entries(1, 2), 2));
		assertThat(this.node.replica().indexes().accepted()).isEqualTo(4);

		this.node.hear(2, new DecidedPiece(FIRST, 2, entries(8), 3));
		assertThat(this.node.replica().indexes()).extracting(LogIndexes::accepted, LogIndexes::decided)
			.containsExactly(3L, 3L);
		assertThat(this.node.storage.entries(0, 10, 10_000)).isEqualTo(entries(1, 2, 8));
	}

	@Test
	void confirmsAReadOnlyForTheBallotThatItObeys() {
		this.node.sent.clear();
		this.node.hear(3, new ReadProbe(FIRST, 4));
		assertThat(this.node.sentTo(3, ReadAck.class)).containsExactly(new ReadAck(FIRST, 4));

		this.node.hear(2, new Prepare(SECOND, EMPTY));
		this.node.sent.clear();
		this.node.hear(3, new ReadProbe(FIRST, 5));
		assertThat(this.node.sent).isEmpty();
	}

	@Test
	void whatAPromiseSaysIsDecidedIsOnTheDisk() {
		sync(entries(1, 2));
		this.node.hear(2, new DecidedPiece(SECOND, 0, entries(1), 1));
		this.node.hear(2, new DecidedPiece(SECOND, 1, entries(2), 2));

		this.node.hear(2, new AcceptDecide(SECOND, 0, List.of(), 0));

		assertThat(this.node.storage.load().decidedIndex()).isEqualTo(2);
	}

	/** Nobody asked for it, so nothing is announced; but what is decided is decided. */
	@Test
	void takesADecidedPieceThatItDidNotAskFor() {
		this.node.sent.clear();

		this.node.hear(2, new DecidedPiece(FIRST, 0, entries(1, 2), 2));

		assertThat(this.node.replica().indexes().decided()).isEqualTo(2);
		assertThat(this.node.sentTo(3, Promise.class)).isEmpty();
	}

	@Test
	void ignoresDecidedPiecesThatDoNotContinueWhatItHas() {
		sync(entries(1, 2));
		this.node.hear(3, new AcceptDecide(FIRST, 2, List.of(), 2));

		this.node.hear(2, new DecidedPiece(FIRST, 3, entries(4), 4));
		this.node.hear(2, new DecidedPiece(SECOND, 0, entries(1, 2), 2));

		assertThat(this.node.replica().indexes().decided()).isEqualTo(2);
		assertThat(this.node.replica().status().promise()).isEqualTo(FIRST);
		this.node.hear(2, new DecidedPiece(FIRST, 0, entries(1, 2, 3), 4));
		assertThat(this.node.replica().indexes().decided()).isEqualTo(3);
	}

	/** Only a node that has its leader's log takes over from it when asked to. */
	@Test
	void takesOverFromItsLeaderOnlyInStep() {
		this.node.hear(3, new HandOver(FIRST));
		assertThat(this.node.replica().status().promise()).isEqualTo(FIRST);

		sync(entries(1));
		this.node.hear(2, new HandOver(FIRST));
		assertThat(this.node.replica().status().promise()).isEqualTo(FIRST);
		this.node.hear(3, new HandOver(FIRST));

		assertThat(this.node.replica().status().promise()).isEqualTo(new Ballot(1, 6, 0, SingleReplica.SELF));
	}

	private void sync(List<Entry> entries) {
		this.node.hear(3, new AcceptSync(FIRST, EMPTY, 0, entries, 0));
	}

}
