package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.CatchUpMessage.FetchDecided;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.PrepareMessage.FetchUndecided;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.message.PrepareMessage.UndecidedPiece;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.storage.StorageOp;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static io.omnipaxos.core.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Node 1 of five prepares, and node 2 has the log that it has to adopt: four entries of
 * the ballot that node 3 led. The other promises are of empty logs.
 */
class AdoptingTests {

	private static final Ballot EARLIER = new Ballot(1, 1, 0, new NodeId(3));

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private static final Limits LIMITS = new Limits(entry(1).size(), 10_000, 3L * entry(1).size(), 1, 10_000, 10_000);

	private final SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3, 4, 5),
			SingleReplica.settings().withElectionTickTimeout(1000).withLimits(LIMITS), null);

	/** What it needs for that goes to the disk with the next write already. */
	@Test
	void leadsAtOnceWhenAQuorumHasPromised() {
		prepare();
		this.node.hear(3, new Promise(ballot(), EMPTY));
		this.node.sent.clear();

		this.node.replica().onMessage(new Envelope(new NodeId(2), SingleReplica.SELF, 1, new Promise(ballot(), EMPTY)));
		assertThat(this.node.replica().status().role()).isEqualTo(Role.LEADING);
		Effects effects = this.node.replica().drain();

		assertThat(effects.writes()).contains(new StorageOp.SetAcceptedRound(ballot()));
		assertThat(effects.messages()).extracting(Envelope::message)
			.contains(new AcceptSync(ballot(), EMPTY, 0, List.of(), 0));
	}

	@Test
	void asksWhoeverIsBackToPromiseAtOnce() {
		prepare();
		this.node.sent.clear();

		this.node.replica().reconnected(new NodeId(3));
		this.node.settle();

		assertThat(this.node.sentTo(3, Prepare.class)).containsExactly(new Prepare(ballot(), EMPTY));
	}

	@Test
	void whatAPromiseSaysIsDecidedIsDecided() {
		accept(entries(1, 2, 3));
		prepare();

		promise(new LogPosition(EARLIER, 3, 2));

		assertLeadsWith(entries(1, 2, 3), 2);
	}

	@Test
	void fetchesWhatIsDecidedFirstAndThenTheRest() {
		prepare();
		LogPosition position = new LogPosition(EARLIER, 4, 2);
		promise(position);
		assertThat(this.node.sentTo(2, FetchDecided.class)).containsExactly(new FetchDecided(0, null, 0));

		this.node.hear(2, new DecidedPiece(ballot(), 0, entries(1, 2), 2));
		assertThat(fetched(position)).containsExactly(2L);
		this.node.hear(2, new UndecidedPiece(ballot(), position, 2, entries(3, 4)));

		assertLeadsWith(entries(1, 2, 3, 4), 2);
	}

	@Test
	void asksAgainForWhatIsDecidedOnceInAResendTimeout() {
		prepare();
		promise(new LogPosition(EARLIER, 4, 4));
		assertThat(this.node.sentTo(2, FetchDecided.class)).hasSize(1);

		this.node.tick(10);

		assertThat(this.node.sentTo(2, FetchDecided.class)).containsExactly(new FetchDecided(0, null, 0));
	}

	/** What is of the same ballot is the same up to where the shorter log ends. */
	@Test
	void fetchesOnlyWhatItLacksOfTheSameBallot() {
		accept(entries(1, 2, 3));
		prepare();
		LogPosition position = new LogPosition(EARLIER, 4, 0);

		promise(position);

		assertThat(fetched(position)).containsExactly(3L);
		this.node.hear(2, new UndecidedPiece(ballot(), position, 3, entries(4)));
		assertLeadsWith(entries(1, 2, 3, 4), 0);
	}

	@Test
	void replacesAnUndecidedLogOfAnEarlierBallot() {
		accept(entries(7, 8));
		prepare();
		LogPosition position = new LogPosition(new Ballot(1, 2, 0, new NodeId(2)), 1, 0);

		promise(position);

		assertThat(fetched(position)).containsExactly(0L);
		this.node.hear(2, new UndecidedPiece(ballot(), position, 0, entries(1)));
		assertLeadsWith(entries(1), 0);
	}

	@Test
	void takesOnlyTheNextPieceOfTheLogThatItAdopts() {
		prepare();
		LogPosition position = new LogPosition(EARLIER, 4, 0);
		promise(position);
		fetched(position);

		this.node.hear(3, new UndecidedPiece(ballot(), position, 0, entries(8)));
		this.node.hear(2, new UndecidedPiece(ballot(), EMPTY, 0, entries(8)));
		this.node.hear(2, new UndecidedPiece(ballot(), position, 1, entries(8)));
		this.node.hear(2, new UndecidedPiece(ballot(), position, 0, List.of()));
		assertThat(fetched(position)).isEmpty();
		this.node.hear(2, new UndecidedPiece(ballot(), position, 0, entries(1)));
		assertThat(fetched(position)).containsExactly(1L);
		this.node.hear(2, new UndecidedPiece(ballot(), position, 0, entries(1)));
		assertThat(fetched(position)).isEmpty();
		this.node.hear(2, new UndecidedPiece(ballot(), position, 1, entries(2, 3, 4)));

		assertLeadsWith(entries(1, 2, 3, 4), 0);
	}

	@Test
	void keepsWhatItLearnsToBeDecidedMeanwhile() {
		prepare();
		LogPosition position = new LogPosition(EARLIER, 4, 0);
		promise(position);
		this.node.hear(2, new UndecidedPiece(ballot(), position, 0, entries(1, 2)));

		this.node.hear(5, new DecidedPiece(ballot(), 0, entries(1), 1));
		this.node.hear(2, new UndecidedPiece(ballot(), position, 2, entries(3, 4)));

		assertLeadsWith(entries(1, 2, 3, 4), 1);
	}

	@Test
	void asksAgainForAPieceThatDoesNotCome() {
		prepare();
		LogPosition position = new LogPosition(EARLIER, 4, 0);
		promise(position);
		this.node.hear(2, new UndecidedPiece(ballot(), position, 0, entries(1)));
		fetched(position);

		this.node.tick(10);

		assertThat(fetched(position)).containsExactly(1L);
	}

	/** The log that it was to adopt is not there any more. */
	@Test
	void beginsAgainWhenItsSourcePromisesAnotherLog() {
		prepare();
		promise(new LogPosition(EARLIER, 4, 0));
		LogPosition later = new LogPosition(new Ballot(1, 2, 0, new NodeId(4)), 1, 0);
		this.node.sent.clear();

		this.node.hear(2, new Promise(ballot(), later));

		assertThat(fetched(later)).containsExactly(0L);
		this.node.hear(2, new UndecidedPiece(ballot(), later, 0, entries(7)));
		assertLeadsWith(entries(7), 0);
	}

	@Test
	void promisesOfOthersAndTheSamePromiseAgainLeaveTheFetchAlone() {
		prepare();
		LogPosition position = new LogPosition(EARLIER, 4, 0);
		promise(position);
		fetched(position);

		this.node.hear(2, new Promise(ballot(), position));
		this.node.hear(4, new Promise(ballot(), EMPTY));

		assertThat(fetched(position)).isEmpty();
	}

	/** No leader would have let in so many entries, or such long ones. */
	@Test
	void givesUpASourceThatGivesMoreThanItPromised() {
		prepare();
		LogPosition position = new LogPosition(EARLIER, 4, 0);
		promise(position);
		this.node.hear(4, new Promise(ballot(), EMPTY));

		this.node.hear(2, new UndecidedPiece(ballot(), position, 0, entries(1, 2, 3, 4, 5)));

		assertLeadsWith(List.of(), 0);
	}

	/** While there is room for a byte, a leader lets in the largest entry. */
	@Test
	void takesAsMuchAsALeaderMayHaveLetIn() {
		prepare();
		List<Entry> most = List.of(entry(1), entry(2), sized(3, entry(3).contentSize() - 1), sized(4, entry(1).size()));
		LogPosition position = new LogPosition(EARLIER, 4, 0);
		promise(position);
		this.node.hear(4, new Promise(ballot(), EMPTY));

		this.node.hear(2, new UndecidedPiece(ballot(), position, 0, most));

		assertLeadsWith(most, 0);
	}

	@Test
	void takesAsMuchAsAMessageMayCarry() {
		prepare();
		Entry longest = sized(1, (int) LIMITS.maxMessageBytes() - Entry.OVERHEAD);
		LogPosition position = new LogPosition(EARLIER, 1, 0);
		promise(position);
		this.node.hear(4, new Promise(ballot(), EMPTY));

		this.node.hear(2, new UndecidedPiece(ballot(), position, 0, List.of(longest)));

		assertLeadsWith(List.of(longest), 0);
	}

	private static Entry sized(long number, int bytes) {
		return new Entry.Command(entry(number).id(), Payload.of(new byte[bytes]));
	}

	@Test
	void givesUpASourceThatGivesMoreBytesThanAnyLeaderLetsIn() {
		prepare();
		LogPosition position = new LogPosition(EARLIER, 9, 0);
		promise(position);
		this.node.hear(4, new Promise(ballot(), EMPTY));
		this.node.hear(2, new UndecidedPiece(ballot(), position, 0, entries(1, 2, 3, 4, 5)));
		assertThat(this.node.replica().status().role()).isEqualTo(Role.PREPARING);

		this.node.hear(2, new UndecidedPiece(ballot(), position, 5, entries(6, 7)));

		assertLeadsWith(List.of(), 0);
	}

	/** A source that is silent twice is given up; one that answers is not. */
	@Test
	void piecesOfWhatIsDecidedAreSignsOfLifeToo() {
		prepare();
		promise(new LogPosition(EARLIER, 4, 4));
		this.node.hear(4, new Promise(ballot(), EMPTY));
		this.node.tick(10);
		this.node.hear(2, new DecidedPiece(ballot(), 0, entries(1), 4));
		this.node.tick(10);
		this.node.hear(2, new DecidedPiece(ballot(), 1, entries(2), 4));
		this.node.tick(10);
		this.node.tick(10);
		assertThat(this.node.replica().status().role()).isEqualTo(Role.PREPARING);

		this.node.tick(10);

		assertThat(this.node.replica().status().role()).isEqualTo(Role.LEADING);
	}

	@Test
	void piecesOfTheRestAreSignsOfLife() {
		prepare();
		LogPosition position = new LogPosition(EARLIER, 4, 0);
		promise(position);
		this.node.hear(4, new Promise(ballot(), EMPTY));
		this.node.tick(10);
		this.node.hear(2, new UndecidedPiece(ballot(), position, 0, entries(1)));

		this.node.tick(10);

		assertThat(this.node.replica().status().role()).isEqualTo(Role.PREPARING);
	}

	private void accept(List<Entry> log) {
		this.node.hear(3, new Prepare(EARLIER, EMPTY));
		this.node.hear(3, new AcceptSync(EARLIER, EMPTY, 0, log, 0));
	}

	private void prepare() {
		this.node.replica().tryBecomeLeader();
		this.node.settle();
	}

	private void promise(LogPosition position) {
		this.node.hear(3, new Promise(ballot(), EMPTY));
		this.node.hear(2, new Promise(ballot(), position));
	}

	/** Returns from where node 2 was asked for the rest of its log. */
	private List<Long> fetched(LogPosition of) {
		return this.node.sentTo(2, FetchUndecided.class)
			.stream()
			.peek((fetch) -> assertThat(fetch.of()).isEqualTo(of))
			.map(FetchUndecided::from)
			.toList();
	}

	private void assertLeadsWith(List<Entry> log, long decided) {
		assertThat(this.node.replica().status().role()).isEqualTo(Role.LEADING);
		assertThat(this.node.storage.entries(0, 100, 100_000)).isEqualTo(log);
		assertThat(this.node.replica().indexes().decided()).isEqualTo(decided);
	}

	private Ballot ballot() {
		return this.node.replica().status().promise();
	}

}
