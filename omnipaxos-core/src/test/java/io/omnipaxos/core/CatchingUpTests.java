package io.omnipaxos.core;

import java.util.List;
import java.util.function.IntFunction;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.AcceptMessage.CatchUp;
import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.CatchUpMessage.FetchDecided;
import io.omnipaxos.core.message.CatchUpMessage.NotAvailable;
import io.omnipaxos.core.message.CatchUpMessage.SnapshotPiece;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatRequest;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static io.omnipaxos.core.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Node 1 follows node 3 and lags: whom it asks, for what, and what it takes. Nodes 2 to 4
 * are there and have decided four entries.
 */
class CatchingUpTests {

	private static final Ballot FIRST = new Ballot(1, 5, 0, new NodeId(3));

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private static final SnapshotId SNAPSHOT = new SnapshotId(0, 4);

	private static final Payload CONTENT = Payload.ofText("one two three four");

	private final SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3, 4),
			SingleReplica.settings()
				.withElectionTickTimeout(40)
				.withResendMessageTickTimeout(15)
				.withLimits(new Limits(1000, 10_000, 10_000, 2 * entry(1).size(), 10_000, 10_000)),
			new LogReaderTests.JoiningFolder());

	@BeforeEach
	void obey() {
		this.node.hear(3, new Prepare(FIRST, EMPTY));
	}

	@Test
	void asksAFollowerBeforeTheLeader() {
		reply(3, 4);
		reply(4, 4);
		this.node.tick(40);

		assertThat(fetches()).containsExactly("n4 0");
	}

	@Test
	void asksNobodyWhoHasNoMoreThanItself() {
		reply(2, 0);
		reply(3, 4);
		reply(4, 4);
		this.node.tick(40);

		assertThat(fetches()).containsExactly("n4 0");
	}

	@Test
	void asksTheLeaderWhenNobodyElseIsThere() {
		reply(3, 4);
		this.node.tick(40);

		assertThat(fetches()).containsExactly("n3 0");
	}

	/** It was the first to be heard, and serves everybody else too. */
	@Test
	void leavesTheLeaderAloneAsSoonAsAFollowerCanServe() {
		takeFromTheLeaderUntilNode2IsKnown((have) -> "n3 " + have, this::piece);

		this.node.hear(3, piece(3));

		assertThat(fetches()).containsExactly("n2 4");
	}

	/** The leader knows who has it, and serves everybody else too. */
	@Test
	void asksTheFollowerThatTheLeaderNames() {
		round(0);

		this.node.hear(3, new CatchUp(FIRST, 9, new NodeId(2)));

		assertThat(fetches()).containsExactly("n2 0");
	}

	@Test
	void asksTheLeaderWhenTheFollowerThatItNamedIsSilent() {
		round(0);
		this.node.hear(3, new CatchUp(FIRST, 9, new NodeId(2)));
		fetches();

		this.node.tick(20);

		assertThat(fetches()).containsExactly("n2 0", "n3 0");
	}

	@Test
	void asksWhoeverItKnowsWhenNobodyIsNamed() {
		round(0);
		reply(4, 9);

		this.node.hear(3, new CatchUp(FIRST, 9, NodeId.NONE));

		assertThat(fetches()).containsExactly("n4 0");
	}

	/** Who stood still has nobody's answers, until the next round is over. */
	@Test
	void whoAnswersCanServeBeforeTheRoundIsOver() {
		round(0);
		this.node.hear(3, new CatchUp(FIRST, 9, new NodeId(3)));
		assertThat(fetches()).containsExactly("n3 0");

		reply(2, 9);
		this.node.hear(3, piece(0));

		assertThat(fetches()).containsExactly("n2 1");
	}

	/** Each node folds snapshots of its own: another's would begin anew. */
	@Test
	void takesTheWholeSnapshotFromTheLeaderThatGaveItsBeginning() {
		takeFromTheLeaderUntilNode2IsKnown((have) -> (have == 0) ? "n3 0" : "n3 0 %s+%d".formatted(SNAPSHOT, have),
				(have) -> snapshotPiece(have, have + 1));

		this.node.hear(3, snapshotPiece(3, 4));

		assertThat(fetches()).containsExactly("n3 0 %s+4".formatted(SNAPSHOT));
	}

	private void takeFromTheLeaderUntilNode2IsKnown(IntFunction<String> asked, IntFunction<Message> pieces) {
		reply(3, 9);
		this.node.tick(40);
		for (int have = 0; have < 3; have++) {
			assertThat(fetches()).containsExactly(asked.apply(have));
			this.node.hear(3, pieces.apply(have));
			this.node.tick(10);
		}
		fetches();
		reply(2, 9);
		this.node.tick(10);
	}

	/** A follower that is slow would be asked again and again. */
	@Test
	void staysWithTheLeaderWhereAFollowerWasSilent() {
		round(4);
		assertThat(fetches()).containsExactly("n2 0");
		this.node.tick(20);
		assertThat(fetches()).containsExactly("n2 0", "n3 0");

		this.node.hear(3, piece(0));

		assertThat(fetches()).containsExactly("n3 1");
	}

	private DecidedPiece piece(int index) {
		return new DecidedPiece(FIRST, index, entries(index + 1), 9);
	}

	@Test
	void whoIsAsFarAsOthersAsksNobody() {
		round(0);

		assertThat(fetches()).isEmpty();
	}

	/** Whoever goes on hears from its leader, even if it is not at the end yet. */
	@Test
	void whoWentOnInTheRoundAsksNobody() {
		decide(1);

		round(4);
		assertThat(fetches()).isEmpty();
		round(4);
		assertThat(fetches()).containsExactly("n2 1");
	}

	@Test
	void asksForOnePieceAfterTheOtherAndThenPromisesAgain() {
		round(4);
		fetches();

		this.node.hear(2, new DecidedPiece(FIRST, 0, entries(1, 2), 4));
		assertThat(fetches()).containsExactly("n2 2");
		this.node.hear(2, new DecidedPiece(FIRST, 2, entries(3, 4), 4));

		assertThat(fetches()).isEmpty();
		assertThat(this.node.replica().indexes().decided()).isEqualTo(4);
	}

	@Test
	void tellsTheLeaderOnceItHasWhatItWasToCatchUpWith() {
		round(4);
		fetches();
		this.node.hear(3, new CatchUp(FIRST, 4, new NodeId(3)));
		this.node.hear(2, new DecidedPiece(FIRST, 0, entries(1, 2), 4));
		assertThat(sentTo(3, Promise.class)).isEmpty();

		this.node.hear(2, new DecidedPiece(FIRST, 2, entries(3, 4), 4));

		assertThat(sentTo(3, Promise.class)).containsExactly(new Promise(FIRST, new LogPosition(Ballot.NONE, 4, 4)));
	}

	@Test
	void whoHasItAlreadyTellsTheLeaderAtOnce() {
		this.node.hear(2, new DecidedPiece(FIRST, 0, entries(1, 2), 2));
		forget();

		this.node.hear(3, new CatchUp(FIRST, 2, new NodeId(3)));

		assertThat(sentTo(3, Promise.class)).hasSize(1);
	}

	@Test
	void asksSomebodyElseWhenNothingComesForAResendTimeout() {
		round(4);
		fetches();

		this.node.tick(20);

		assertThat(fetches()).containsExactly("n2 0", "n3 0");
	}

	/** Its answer may be on its way, and the leader has other things to do. */
	@Test
	void staysWithASourceThatWasAskedJustBeforeAResendPeriodEnded() {
		round(4);
		assertThat(fetches()).containsExactly("n2 0");
		this.node.tick(5);
		assertThat(fetches()).containsExactly("n2 0");

		this.node.hear(2, piece(0));

		assertThat(fetches()).containsExactly("n2 1");
	}

	@Test
	void staysWithASourceThatAnswers() {
		round(4);
		this.node.hear(2, new DecidedPiece(FIRST, 0, entries(1, 2), 4));
		fetches();

		this.node.tick(5);
		assertThat(fetches()).isEmpty();
		this.node.tick(15);
		assertThat(fetches()).last().isEqualTo("n3 2");
	}

	@Test
	void asksTheNextWhenOneCannotHelpAndSaysSoWhenNobodyCan() {
		round(4);
		fetches();

		this.node.hear(2, new NotAvailable(0, 3));
		assertThat(fetches()).containsExactly("n3 0");
		this.node.hear(3, new NotAvailable(0, 2));
		assertThat(fetches()).containsExactly("n4 0");
		assertThat(this.node.replica().status().missingFrom()).isEqualTo(-1);
		this.node.hear(4, new NotAvailable(0, 4));
		this.node.hear(4, new NotAvailable(0, 4));

		assertThat(fetches()).isEmpty();
		assertThat(this.node.noticed(Notice.CatchUpImpossible.class))
			.containsExactly(new Notice.CatchUpImpossible(0, 2));
		assertThat(this.node.replica().status().missingFrom()).isZero();
	}

	@Test
	void whoCouldNotHelpIsAskedAgainAfterARound() {
		round(4);
		for (long pid = 2; pid <= 4; pid++) {
			this.node.hear(pid, new NotAvailable(0, 3));
		}
		fetches();

		round(4);
		fetches();
		this.node.tick(15);

		assertThat(fetches()).containsExactly("n2 0");
	}

	@Test
	void whatIsMissingIsFoundWhenSomebodyHasItAfterAll() {
		round(4);
		for (long pid = 2; pid <= 4; pid++) {
			this.node.hear(pid, new NotAvailable(0, 3));
		}

		this.node.hear(4, new DecidedPiece(FIRST, 0, entries(1), 4));

		assertThat(this.node.replica().status().missingFrom()).isEqualTo(-1);
	}

	@Test
	void nothingIsMissingOnceTheLeaderHasSentItAfterAll() {
		round(4);
		for (long pid = 2; pid <= 4; pid++) {
			this.node.hear(pid, new NotAvailable(0, 3));
		}

		decide(1);

		assertThat(this.node.replica().status().missingFrom()).isEqualTo(-1);
	}

	@Test
	void ignoresARefusalOfWhatItNoLongerWants() {
		round(4);
		fetches();

		this.node.hear(2, new NotAvailable(1, 3));
		assertThat(fetches()).isEmpty();
		this.node.hear(2, new DecidedPiece(FIRST, 0, entries(1, 2, 3, 4), 4));
		fetches();
		this.node.hear(2, new NotAvailable(4, 9));

		assertThat(fetches()).isEmpty();
	}

	@Test
	void takesASnapshotInPieces() {
		round(4);
		fetches();

		this.node.hear(2, snapshotPiece(0, 8));
		assertThat(fetches()).containsExactly("n2 0 %s+8".formatted(SNAPSHOT));
		assertThat(this.node.replica().indexes().decided()).isZero();
		this.node.hear(2, snapshotPiece(9, 10));
		this.node.hear(2, snapshotPiece(8, CONTENT.size()));

		assertThat(this.node.replica().indexes().decided()).isEqualTo(4);
		assertThat(this.node.noticed(Notice.SnapshotInstalled.class))
			.containsExactly(new Notice.SnapshotInstalled(SNAPSHOT, sessions(4)));
		assertThat(this.node.replica().read(0)).hasValue(new LogEntry.Snapshotted<>(0, 4, CONTENT));
	}

	/** The leader serves, and what fits a promise is not to change meanwhile. */
	@Test
	void whoIsOfferedASyncThatDoesNotFitFetchesNoMore() {
		round(4);
		forget();
		this.node.hear(3, new AcceptSync(FIRST, new LogPosition(Ballot.NONE, 9, 9), 9, List.of(), 9));
		assertThat(sentTo(3, Promise.class)).containsExactly(new Promise(FIRST, EMPTY));

		this.node.hear(2, new DecidedPiece(FIRST, 0, entries(1, 2), 4));

		assertThat(fetches()).isEmpty();
		assertThat(this.node.replica().indexes().decided()).isEqualTo(2);
	}

	/** One message may have been lost, and another node's snapshot begins anew. */
	@Test
	void asksForAPieceOfASnapshotOnceMoreBeforeItAsksSomebodyElse() {
		round(4);
		this.node.hear(2, snapshotPiece(0, 8));
		fetches();

		this.node.tick(20);
		assertThat(fetches()).containsExactly("n2 0 %s+8".formatted(SNAPSHOT));
		this.node.tick(15);
		assertThat(fetches()).containsExactly("n3 0");
	}

	/** They may stand for the same entries, and be other bytes. */
	@Test
	void doesNotJoinPiecesOfTwoNodes() {
		round(4);
		this.node.hear(2, snapshotPiece(0, 8));
		this.node.tick(35);
		assertThat(fetches()).last().isEqualTo("n3 0");

		this.node.hear(3, snapshotPiece(8, CONTENT.size()));
		this.node.hear(3, snapshotPiece(0, 8));
		this.node.hear(2, snapshotPiece(8, CONTENT.size()));
		assertThat(this.node.replica().indexes().decided()).isZero();

		this.node.hear(3, snapshotPiece(8, CONTENT.size()));
		assertThat(this.node.replica().indexes().decided()).isEqualTo(4);
	}

	/** It may be late, or have been sent twice. */
	@Test
	void aFirstPieceThatComesAgainLeavesWhatFollowedItAlone() {
		round(4);
		this.node.hear(2, snapshotPiece(0, 8));
		this.node.hear(2, snapshotPiece(8, 10));
		fetches();

		this.node.hear(2, snapshotPiece(0, 8));
		assertThat(fetches()).isEmpty();
		this.node.hear(2, snapshotPiece(10, CONTENT.size()));

		assertThat(this.node.replica().indexes().decided()).isEqualTo(4);
	}

	/** As one has that lost its storage, and got another node's snapshot. */
	@Test
	void beginsAnewWithASourceWhoseSnapshotIsShorterByNow() {
		Payload shorter = Payload.ofText("1 2 3 4");
		round(4);
		this.node.hear(2, snapshotPiece(0, 8));

		this.node.hear(2, new SnapshotPiece(FIRST, 0, SNAPSHOT, shorter.size(), 0, shorter, sessions(4)));

		assertThat(this.node.replica().read(0)).hasValue(new LogEntry.Snapshotted<>(0, 4, shorter));
	}

	/** Else two slow nodes would each begin anew for ever. */
	@Test
	void staysWithTheSnapshotOfANodeThatAnswersAfterAll() {
		round(4);
		this.node.hear(2, snapshotPiece(0, 8));
		this.node.tick(35);
		assertThat(fetches()).last().isEqualTo("n3 0");

		this.node.hear(2, snapshotPiece(8, 10));
		assertThat(fetches()).containsExactly("n2 0 %s+10".formatted(SNAPSHOT));
		this.node.hear(3, snapshotPiece(0, 8));
		this.node.hear(2, snapshotPiece(10, CONTENT.size()));

		assertThat(this.node.replica().indexes().decided()).isEqualTo(4);
	}

	/** Others may have been decided in their place. */
	@Test
	void entriesThatASnapshotOvertakesAreNotReadAsDecidedBeforeItIsWritten() {
		this.node.hear(3, new AcceptSync(FIRST, EMPTY, 0, entries(1, 2, 3), 1));

		this.node.replica()
			.onMessage(new Envelope(new NodeId(2), SingleReplica.SELF, 1, snapshotPiece(0, CONTENT.size())));

		assertThat(this.node.replica().read(1)).hasValue(new LogEntry.Undecided<>(1, Payload.ofText("entry 2")));
		this.node.settle();
		assertThat(this.node.replica().read(1)).hasValue(new LogEntry.Snapshotted<>(0, 4, CONTENT));
	}

	/** Nobody asked for it, so nothing is announced; but what is decided is decided. */
	@Test
	void takesASnapshotThatItDidNotAskFor() {
		forget();

		this.node.hear(2, snapshotPiece(0, CONTENT.size()));

		assertThat(this.node.replica().indexes().decided()).isEqualTo(4);
		assertThat(sentTo(3, Promise.class)).isEmpty();
	}

	@Test
	void whoTakesAPieceOfASnapshotPromisesWhatItsSenderPromised() {
		Ballot later = new Ballot(1, 9, 0, new NodeId(2));

		this.node.hear(4, new SnapshotPiece(later, 0, SNAPSHOT, CONTENT.size(), 0, CONTENT.slice(0, 8), sessions(4)));

		assertThat(this.node.replica().status().promise()).isEqualTo(later);
	}

	@Test
	void takesNothingOfAnotherConfiguration() {
		Ballot ofTheNext = new Ballot(2, 1, 0, new NodeId(2));

		this.node.hear(2, new DecidedPiece(ofTheNext, 0, entries(1, 2), 2));
		this.node.hear(2, new SnapshotPiece(ofTheNext, 0, SNAPSHOT, CONTENT.size(), 0, CONTENT, sessions(4)));

		assertThat(this.node.replica().indexes().decided()).isZero();
		assertThat(this.node.replica().status().promise()).isEqualTo(FIRST);
	}

	@Test
	void anEmptyPieceOfASnapshotLeadsNowhere() {
		round(4);
		this.node.hear(2, snapshotPiece(0, 8));
		fetches();

		this.node.hear(2, snapshotPiece(8, 8));

		assertThat(fetches()).isEmpty();
	}

	@Test
	void ignoresASnapshotThatBeginsBeyondWhatItHasOrEndsBeforeIt() {
		this.node.hear(2, new SnapshotPiece(FIRST, 0, new SnapshotId(1, 4), CONTENT.size(), 0, CONTENT, sessions(4)));
		assertThat(this.node.replica().indexes().decided()).isZero();

		decide(4);
		this.node.hear(2, snapshotPiece(0, CONTENT.size()));
		assertThat(this.node.replica().indexes().compacted()).isZero();
	}

	/** The leader has decided so many entries, and this node has them on its disk. */
	private void decide(int count) {
		List<Entry> some = entries(1, 2, 3, 4).subList(0, count);
		this.node.hear(3, new AcceptSync(FIRST, EMPTY, 0, some, 0));
		this.node.hear(3, new AcceptDecide(FIRST, count, List.of(), count));
	}

	/** A heartbeat round in which all others say that they have decided so much. */
	private void round(long decided) {
		for (long pid = 2; pid <= 4; pid++) {
			reply(pid, decided);
		}
		HeartbeatRequest request = lastRequest();
		while (lastRequest().equals(request)) {
			this.node.tick(1);
		}
	}

	private void reply(long pid, long decided) {
		Ballot own = (pid == 3) ? FIRST : new Ballot(1, 1, 0, new NodeId(pid));
		HeartbeatRequest request = lastRequest();
		this.node.hear(pid, new HeartbeatReply(request.session(), request.round(), own, FIRST, true, decided));
	}

	private HeartbeatRequest lastRequest() {
		List<HeartbeatRequest> requests = this.node.sent.stream()
			.map(Envelope::message)
			.filter(HeartbeatRequest.class::isInstance)
			.map(HeartbeatRequest.class::cast)
			.toList();
		return requests.get(requests.size() - 1);
	}

	/** Returns who was asked and from where, and forgets all that was sent. */
	private List<String> fetches() {
		List<String> asked = this.node.sent.stream()
			.filter((envelope) -> envelope.message() instanceof FetchDecided)
			.map((envelope) -> describe(envelope.to(), (FetchDecided) envelope.message()))
			.toList();
		forget();
		return asked;
	}

	/** Forgets what was sent, but not which round it is. */
	private void forget() {
		this.node.sent.removeIf((envelope) -> !(envelope.message() instanceof HeartbeatRequest));
	}

	private <M extends Message> List<M> sentTo(long pid, Class<M> kind) {
		List<M> found = this.node.sent.stream()
			.filter((envelope) -> envelope.to().equals(new NodeId(pid)))
			.map(Envelope::message)
			.filter(kind::isInstance)
			.map(kind::cast)
			.toList();
		forget();
		return found;
	}

	private static String describe(NodeId to, FetchDecided fetch) {
		String snapshot = (fetch.snapshot() != null) ? " %s+%d".formatted(fetch.snapshot(), fetch.offset()) : "";
		return "%s %d%s".formatted(to, fetch.from(), snapshot);
	}

	private static SnapshotPiece snapshotPiece(int from, int to) {
		return new SnapshotPiece(FIRST, 0, SNAPSHOT, CONTENT.size(), from, CONTENT.slice(from, to), sessions(4));
	}

	private static SessionTable sessions(long last) {
		Entry entry = entry(last);
		return new SessionTable(List.of(entry.id()));
	}

}
