package io.omnipaxos.core;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.AcceptMessage.CatchUp;
import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.CatchUpMessage.SnapshotPiece;
import io.omnipaxos.core.message.CompactionMessage.TakeSnapshot;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.message.PrepareMessage.FetchUndecided;
import io.omnipaxos.core.message.PrepareMessage.NotAccepted;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.message.PrepareMessage.UndecidedPiece;
import io.omnipaxos.core.message.ProposalMessage.Expect;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.message.ReadMessage.BarrierAnswer;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What a peer says that makes no sense, or contradicts what it said before. */
class NonsenseTests {

	private static final NodeId N2 = new NodeId(2);

	private static final NodeId N3 = new NodeId(3);

	private static final Ballot FIRST = new Ballot(1, 5, 0, N3);

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private static final long HUGE = MessageAdmission.MAX_NUMBER + 1;

	private static final Limits LIMITS = new Limits(1000, 1000, 1000, 500, 1000, 0);

	private final SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3),
			SingleReplica.settings().withLimits(LIMITS), null);

	static Stream<Arguments> nonsense() {
		Ballot endless = new Ballot(1, HUGE, 0, N3);
		Ballot ofNobody = new Ballot(1, 6, 0, new NodeId(9));
		Ballot ofLater = new Ballot(2, 1, 0, N3);
		Payload bytes = Payload.ofText("x");
		SnapshotId snapshot = new SnapshotId(0, 5);
		String number = "the number " + HUGE;
		return Stream.of(arguments(new Prepare(endless, EMPTY), "the ballot " + endless),
				arguments(new HeartbeatReply(1, 1, endless, endless, true, 0), "the ballot " + endless),
				arguments(new NotAccepted(Ballot.NONE, endless), "the ballot " + endless),
				arguments(new NotAccepted(Ballot.NONE, ofNobody), "the ballot " + ofNobody),
				arguments(new Prepare(FIRST, new LogPosition(ofLater, 1, 0)), "the ballot " + ofLater),
				arguments(new Promise(FIRST, new LogPosition(FIRST, HUGE, 0)), number),
				arguments(new AcceptDecide(FIRST, 0, List.of(), Long.MAX_VALUE), "the number " + Long.MAX_VALUE),
				arguments(new AcceptDecide(FIRST, HUGE, List.of(), 0), number),
				arguments(new Accepted(FIRST, HUGE, 0, false), number), arguments(new CatchUp(FIRST, HUGE, N2), number),
				arguments(new CatchUp(FIRST, 9, new NodeId(9)), "the source n9"),
				arguments(new TakeSnapshot(HUGE), number), arguments(new BarrierAnswer(1, 1, HUGE), number),
				arguments(new Expect(HUGE, 1), number), arguments(new Expect(1, HUGE), number),
				arguments(new DecidedPiece(ofNobody, 0, Entries.entries(1), 1), "the ballot " + ofNobody),
				arguments(new Propose(List.of(proposal(3, HUGE, 1))), "the proposal n3." + HUGE + ".1"),
				arguments(new Propose(List.of(proposal(3, 1, HUGE))), "the proposal n3.1." + HUGE),
				arguments(new Propose(List.of(proposal(0, 1, 1))), "the proposal n0.1.1"),
				arguments(new Propose(strangers(1025)), "proposals of 1025 nodes"),
				arguments(new SnapshotPiece(FIRST, 0, snapshot, 1L << 31, 0, bytes, SessionTable.EMPTY),
						"a snapshot of 2147483648 bytes"),
				arguments(new SnapshotPiece(FIRST, 0, snapshot, 2, 0, bytes, table(List.of(proposal(3, HUGE, 1)))),
						"the proposal n3." + HUGE + ".1"),
				arguments(new SnapshotPiece(FIRST, 0, snapshot, 2, 0, bytes, table(strangers(1025))),
						"proposals of 1025 nodes"),
				arguments(new SnapshotPiece(FIRST, 0, new SnapshotId(0, HUGE), 2, 0, bytes, SessionTable.EMPTY),
						number));
	}

	@ParameterizedTest
	@MethodSource("nonsense")
	void isIgnoredAndTheOwnerIsTold(Message message, String objection) {
		this.node.hear(3, message);

		assertThat(this.node.noticed(Notice.MessageRefused.class))
			.containsExactly(new Notice.MessageRefused(N3, message.getClass().getSimpleName(), objection));
		assertThat(this.node.replica().status().promise()).isEqualTo(Ballot.NONE);
	}

	/** The highest that this node believes. */
	static Stream<Message> sense() {
		long highest = MessageAdmission.MAX_NUMBER;
		Payload bytes = Payload.ofText("x");
		SnapshotId snapshot = new SnapshotId(0, 5);
		return Stream.of(new CatchUp(FIRST, highest, N2), new CatchUp(FIRST, 9, NodeId.NONE),
				new Propose(List.of(proposal(3, highest, highest))), new Propose(strangers(1024)),
				new SnapshotPiece(FIRST, 0, snapshot, Integer.MAX_VALUE, 0, bytes, SessionTable.EMPTY),
				new SnapshotPiece(FIRST, 0, snapshot, 2, 0, bytes, table(strangers(1024))));
	}

	@ParameterizedTest
	@MethodSource("sense")
	void whatIsOnlyHighIsNoNonsense(Message message) {
		this.node.hear(3, message);

		assertThat(this.node.noticed(Notice.MessageRefused.class)).isEmpty();
	}

	@Test
	void thatAPeerTalksNonsenseIsToldOnceATick() {
		this.node.hear(3, new CatchUp(FIRST, HUGE, N2));
		this.node.hear(3, new CatchUp(FIRST, HUGE, N2));
		this.node.hear(2, new TakeSnapshot(HUGE));
		assertThat(this.node.noticed(Notice.MessageRefused.class)).extracting(Notice.MessageRefused::from)
			.containsExactly(N3, N2);

		this.node.tick(1);
		this.node.hear(3, new CatchUp(FIRST, HUGE, N2));

		assertThat(this.node.noticed(Notice.MessageRefused.class)).last()
			.isEqualTo(new Notice.MessageRefused(N3, "CatchUp", "the number " + HUGE));
	}

	@Test
	void theHighestBallotThatIsBelievedCanStillBeExceeded() {
		Ballot highest = new Ballot(1, MessageAdmission.MAX_NUMBER, Integer.MAX_VALUE, N3);
		this.node.hear(3, new Prepare(highest, EMPTY));

		this.node.replica().tryBecomeLeader();
		this.node.settle();

		assertThat(this.node.replica().status().promise().isHigherThan(highest)).isTrue();
	}

	@Test
	void entriesOfNodesThatLeftAreTaken() {
		this.node.hear(3, new DecidedPiece(FIRST, 0, List.of(proposal(9, 1, 1), proposal(8, 1, 1)), 2));

		assertThat(this.node.replica().indexes().decided()).isEqualTo(2);
	}

	@Test
	void theSessionTableDoesNotGrowWithEveryPidThatIsNamed() {
		follow();
		for (long i = 0; i < 300; i++) {
			List<Entry> strangers = LongStream.range(10 * i, 10 * i + 10)
				.mapToObj((pid) -> proposal(4 + pid, 1, 1))
				.toList();
			this.node.hear(3, new AcceptDecide(FIRST, 10 * i, strangers, 10 * i + 10));
		}

		assertThat(this.node.storage.load().decidedSessions().last()).hasSizeBetween(1000,
				MessageAdmission.MAX_PROPOSERS);
		assertThat(this.node.noticed(Notice.MessageRefused.class)).isNotEmpty();
	}

	/** It goes on from where it was as soon as that is decided. */
	@Test
	void aFollowerKeepsNoMoreUndecidedEntriesThanALeaderMayHave() {
		follow();
		for (int i = 0; i < 1000; i++) {
			this.node.hear(3, new AcceptDecide(FIRST, i, Entries.entries(i + 1), 0));
		}
		long kept = this.node.replica().indexes().accepted();
		assertThat(kept * Entries.entry(1).size()).isBetween(1000L, 5000L);

		this.node.sent.clear();
		this.node.hear(3, new AcceptDecide(FIRST, kept, Entries.entries(kept + 1), kept));
		assertThat(this.node.sentTo(3, Accepted.class)).containsExactly(new Accepted(FIRST, kept, 0, true));
		this.node.hear(3, new AcceptDecide(FIRST, kept, Entries.entries(kept + 1), kept));
		assertThat(this.node.replica().indexes().accepted()).isEqualTo(kept + 1);
	}

	@Test
	void aFollowerTakesOneMoreWhileItsUndecidedEntriesFitAMessage() {
		Payload most = Payload.of(new byte[(int) LIMITS.maxMessageBytes() - Entry.OVERHEAD]);
		Entry first = new Entry.Command(new ProposalId(N3, 1, 1), most);
		follow();

		this.node.hear(3, new AcceptDecide(FIRST, 0, List.of(first), 0));
		this.node.hear(3, new AcceptDecide(FIRST, 1, Entries.entries(2), 0));
		this.node.hear(3, new AcceptDecide(FIRST, 2, Entries.entries(3), 0));

		assertThat(this.node.replica().indexes().accepted()).isEqualTo(2);
	}

	@Test
	void aLogIsAdoptedAlsoWhenMoreIsDecidedThanWasPromised() {
		Ballot own = prepare(new LogPosition(new Ballot(1, 1, 0, N2), 4, 2));
		this.node.hear(3, new DecidedPiece(FIRST, 0, Entries.entries(1, 2), 2));
		FetchUndecided fetch = this.node.sentTo(3, FetchUndecided.class).get(0);

		this.node.hear(3, new DecidedPiece(FIRST, 0, Entries.entries(1, 2, 3, 4, 5, 6), 6));
		this.node.hear(3, new UndecidedPiece(own, fetch.of(), 2, Entries.entries(3, 4)));

		assertThat(this.node.replica().status().role()).isEqualTo(Role.LEADING);
		assertThat(this.node.replica().indexes().decided()).isEqualTo(6);
	}

	@Test
	void anAdoptionBeginsAgainWhenTheLogIsCutBelowIt() {
		follow();
		this.node.hear(3, new AcceptDecide(FIRST, 0, Entries.entries(1, 2, 3, 4, 5), 0));
		Ballot own = prepare(new LogPosition(FIRST, 7, 0));
		FetchUndecided fetch = this.node.sentTo(3, FetchUndecided.class).get(0);

		this.node.hear(2, new DecidedPiece(FIRST, 0, Entries.entries(10, 11), 2));
		this.node.hear(3, new UndecidedPiece(own, fetch.of(), 5, Entries.entries(6, 7)));

		assertThat(this.node.sentTo(3, FetchUndecided.class)).containsExactly(new FetchUndecided(own, fetch.of(), 2));
	}

	private void follow() {
		this.node.hear(3, new Prepare(FIRST, EMPTY));
		this.node.hear(3, new AcceptSync(FIRST, EMPTY, 0, List.of(), 0));
	}

	private Ballot prepare(LogPosition promised) {
		this.node.hear(2, new NotAccepted(Ballot.NONE, FIRST));
		this.node.replica().tryBecomeLeader();
		this.node.settle();
		Ballot own = this.node.replica().status().promise();
		this.node.hear(3, new Promise(own, promised));
		return own;
	}

	private static List<Entry> strangers(int count) {
		return LongStream.range(0, count).mapToObj((i) -> proposal(10 + i, 1, 1)).toList();
	}

	private static SessionTable table(List<Entry> entries) {
		return SessionTable.of(entries.stream().map(Entry::id).toList());
	}

	private static Entry proposal(long pid, long session, long seq) {
		return new Entry.Command(new ProposalId(new NodeId(pid), session, seq), Payload.ofText("x"));
	}

}
