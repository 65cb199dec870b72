package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.CatchUpMessage.FetchDecided;
import io.omnipaxos.core.message.CatchUpMessage.SnapshotPiece;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.StorageOp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static io.omnipaxos.core.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Node 1 follows node 3 and has decided entries that others lack: what it gives them.
 */
class DecidedSourceTests {

	private static final Ballot FIRST = new Ballot(1, 5, 0, new NodeId(3));

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private static final SnapshotId ANOTHER = new SnapshotId(0, 4);

	private final SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3, 4),
			SingleReplica.settings()
				.withElectionTickTimeout(1000)
				.withLimits(new Limits(1000, 10_000, 10_000, 2 * entry(1).size(), 10_000, 10_000)),
			new LogReaderTests.JoiningFolder());

	@BeforeEach
	void obey() {
		this.node.hear(3, new Prepare(FIRST, EMPTY));
	}

	@Test
	void givesPiecesOfWhatItHasDecided() {
		decide(3);

		assertThat(answerTo(new FetchDecided(0, null, 0))).isEqualTo(new DecidedPiece(FIRST, 0, entries(1, 2), 3));
		assertThat(answerTo(new FetchDecided(2, null, 0))).isEqualTo(new DecidedPiece(FIRST, 2, entries(3), 3));
	}

	@Test
	void givesNothingThatItHasNotDecided() {
		decide(2);
		this.node.sent.clear();

		this.node.hear(2, new FetchDecided(2, null, 0));

		assertThat(this.node.sentTo(2, DecidedPiece.class)).isEmpty();
	}

	@Test
	void answersTheLastQuestionOnce() {
		decide(3);
		this.node.sent.clear();

		for (long from = 0; from <= 2; from++) {
			hearAtOnce(2, new FetchDecided(from, null, 0));
		}
		this.node.settle();

		assertThat(this.node.sentTo(2, DecidedPiece.class)).extracting(DecidedPiece::from).containsExactly(2L);
	}

	/**
	 * However much somebody has to catch up with, no write waits for more than a piece.
	 */
	@Test
	void writesWhatWaitsBeforeEachPiece() {
		decide(3);
		OmniPaxos replica = this.node.replica();
		for (long index = 3; index <= 5; index++) {
			Entry next = entry(index + 1);
			hearAtOnce(2, new FetchDecided(0, null, 0));
			hearAtOnce(3, new AcceptDecide(FIRST, index, List.of(next), 3));

			Effects effects = replica.drain();
			assertThat(effects.messages()).extracting(Envelope::message)
				.doesNotHaveAnyElementsOfTypes(DecidedPiece.class);
			assertThat(effects.writes()).contains(new StorageOp.Append(index, List.of(next)));
			this.node.storage.write(effects.writes());
			replica.written();
			this.node.sent.clear();
			this.node.settle();
			assertThat(this.node.sentTo(2, DecidedPiece.class)).hasSize(1);
		}
	}

	private void hearAtOnce(long from, Message message) {
		this.node.replica().onMessage(new Envelope(new NodeId(from), SingleReplica.SELF, 1, message));
	}

	@Test
	void givesItsSnapshotInPiecesWhereEntriesAreGone() {
		decide(3);
		this.node.replica().snapshot(null, true);
		this.node.tick(3);
		String content = "entry 1entry 2entry 3";
		SnapshotId own = new SnapshotId(0, 3);

		assertThat(answerTo(new FetchDecided(0, null, 0)))
			.isEqualTo(new SnapshotPiece(FIRST, 0, own, content.length(), 0, Payload.ofText(content), sessions(3)));
		assertThat(answerTo(new FetchDecided(0, own, 5))).isEqualTo(new SnapshotPiece(FIRST, 0, own, content.length(),
				5, Payload.ofText(content.substring(5)), sessions(3)));
		SnapshotPiece first = (SnapshotPiece) answerTo(new FetchDecided(0, null, 0));
		assertThat(answerTo(new FetchDecided(0, ANOTHER, 5))).isEqualTo(first);
		assertThat(answerTo(new FetchDecided(0, own, content.length()))).isEqualTo(first);
	}

	/**
	 * What is not in memory is left to the owner: the core asks nothing of the storage.
	 */
	@Test
	void givesWhatWasTrueWhenItWasAskedHoweverLateItIsRead() {
		SingleReplica forgetful = withoutCache();
		decide(forgetful, 3);
		PieceReading reading = readingFor(forgetful, new FetchDecided(0, null, 0));
		assertThat(reading.to()).isEqualTo(new NodeId(2));

		Ballot later = new Ballot(1, 6, 0, new NodeId(4));
		forgetful.hear(4, new Prepare(later, EMPTY));

		assertThat(reading.read(forgetful.storage)).map(Envelope::message)
			.contains(new DecidedPiece(FIRST, 0, entries(1, 2), 3));
	}

	/** Who does not go on fetching a snapshot for a while can't rely on it. */
	@Test
	void givesNothingThatIsGoneWhenItIsRead() {
		SingleReplica forgetful = withoutCache();
		decide(forgetful, 3);
		PieceReading entries = readingFor(forgetful, new FetchDecided(0, null, 0));
		forgetful.replica().snapshot(2L, true);
		forgetful.tick(3);
		PieceReading snapshot = readingFor(forgetful, new FetchDecided(0, null, 0));
		forgetful.replica().snapshot(3L, true);
		forgetful.tick(43);

		assertThat(entries.read(forgetful.storage)).isEmpty();
		assertThat(snapshot.read(forgetful.storage)).isEmpty();
	}

	@Test
	void givesASnapshotThatHoldsNothing() {
		Entry empty = new Entry.Command(new ProposalId(new NodeId(3), 1, 1), Payload.EMPTY);
		this.node.hear(3, new AcceptSync(FIRST, EMPTY, 0, List.of(empty), 1));
		this.node.replica().snapshot(null, true);
		this.node.tick(3);

		SnapshotPiece piece = (SnapshotPiece) answerTo(new FetchDecided(0, null, 0));

		assertThat(piece.size()).isZero();
		assertThat(piece.snapshot()).isEqualTo(new SnapshotId(0, 1));
	}

	private static SingleReplica withoutCache() {
		SingleReplica replica = new SingleReplica(ClusterConfig.of(1, 1, 2, 3, 4),
				SingleReplica.settings()
					.withElectionTickTimeout(1000)
					.withLimits(new Limits(1000, 10_000, 10_000, 2 * entry(1).size(), 10_000, 0)),
				new LogReaderTests.JoiningFolder());
		replica.hear(3, new Prepare(FIRST, EMPTY));
		return replica;
	}

	private static PieceReading readingFor(SingleReplica asked, FetchDecided fetch) {
		OmniPaxos replica = asked.replica();
		replica.onMessage(new Envelope(new NodeId(2), SingleReplica.SELF, 1, fetch));
		List<PieceReading> readings = new ArrayList<>();
		while (replica.hasEffects()) {
			Effects effects = replica.drain();
			assertThat(effects.messages()).isEmpty();
			readings.addAll(effects.readings());
			replica.written();
		}
		assertThat(readings).hasSize(1);
		return readings.get(0);
	}

	private Message answerTo(FetchDecided fetch) {
		this.node.sent.clear();
		this.node.hear(2, fetch);
		assertThat(this.node.sent).hasSize(1);
		return this.node.sent.get(0).message();
	}

	/** The leader has decided so many entries, and this node has them on its disk. */
	private void decide(int count) {
		decide(this.node, count);
	}

	private static void decide(SingleReplica node, int count) {
		List<Entry> some = entries(1, 2, 3, 4).subList(0, count);
		node.hear(3, new AcceptSync(FIRST, EMPTY, 0, some, 0));
		node.hear(3, new AcceptDecide(FIRST, count, List.of(), count));
	}

	private static SessionTable sessions(long last) {
		Entry entry = entry(last);
		return new SessionTable(List.of(entry.id()));
	}

}
