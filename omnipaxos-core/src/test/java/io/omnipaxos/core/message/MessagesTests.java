package io.omnipaxos.core.message;

import java.util.List;
import java.util.stream.Stream;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.AcceptMessage.CatchUp;
import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.CatchUpMessage.FetchDecided;
import io.omnipaxos.core.message.CatchUpMessage.NotAvailable;
import io.omnipaxos.core.message.CatchUpMessage.SnapshotPiece;
import io.omnipaxos.core.message.CompactionMessage.TakeSnapshot;
import io.omnipaxos.core.message.CompactionMessage.TrimLog;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.message.PrepareMessage.FetchUndecided;
import io.omnipaxos.core.message.PrepareMessage.UndecidedPiece;
import io.omnipaxos.core.message.ProposalMessage.Expect;
import io.omnipaxos.core.message.ReadMessage.BarrierAnswer;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Peers may send anything; what makes no sense does not become a message. */
class MessagesTests {

	private static final Ballot BALLOT = new Ballot(1, 1, 0, new NodeId(1));

	private static final LogPosition POSITION = new LogPosition(BALLOT, 0, 0);

	private static final SnapshotId SNAPSHOT = new SnapshotId(0, 4);

	private static final Entry ENTRY = new Entry.Command(new ProposalId(new NodeId(1), 1, 1), Payload.ofText("a"));

	static Stream<ThrowingCallable> messagesOfNegativeNumbers() {
		return Stream.of(() -> new AcceptSync(BALLOT, POSITION, -1, List.of(), 0),
				() -> new AcceptSync(BALLOT, POSITION, 0, List.of(), -1),
				() -> new AcceptDecide(BALLOT, -1, List.of(), 0), () -> new AcceptDecide(BALLOT, 0, List.of(), -1),
				() -> new Accepted(BALLOT, -1, 0, false), () -> new Accepted(BALLOT, 0, -1, false),
				() -> new CatchUp(BALLOT, -1, NodeId.NONE), () -> new FetchDecided(-1, null, 0),
				() -> new FetchDecided(0, SNAPSHOT, -1), () -> new DecidedPiece(BALLOT, -1, List.of(), 0),
				() -> new DecidedPiece(BALLOT, 0, List.of(), -1), () -> new NotAvailable(-1, 0),
				() -> new NotAvailable(0, -1), () -> snapshotPiece(-1, 0, 9), () -> snapshotPiece(0, -1, 9),
				() -> new TrimLog(BALLOT, -1), () -> new TakeSnapshot(-1),
				() -> new HeartbeatReply(1, 1, BALLOT, BALLOT, true, -1),
				() -> new FetchUndecided(BALLOT, POSITION, -1),
				() -> new UndecidedPiece(BALLOT, POSITION, -1, List.of()), () -> new Expect(-1, 1),
				() -> new Expect(0, 0), () -> new BarrierAnswer(1, 1, -1), () -> new LogPosition(BALLOT, 0, -1));
	}

	@ParameterizedTest
	@MethodSource("messagesOfNegativeNumbers")
	void numbersAreNotNegative(ThrowingCallable message) {
		assertThatIllegalArgumentException().isThrownBy(message);
	}

	@Test
	void entriesEndWithinWhatCanBeCounted() {
		assertThatExceptionOfType(ArithmeticException.class)
			.isThrownBy(() -> new AcceptDecide(BALLOT, Long.MAX_VALUE, List.of(ENTRY), 0));
	}

	@Test
	void aPieceLiesWithinItsSnapshot() {
		assertThat(snapshotPiece(0, 6, 9).data().size()).isEqualTo(3);

		assertThatIllegalArgumentException().isThrownBy(() -> snapshotPiece(0, 7, 9))
			.withMessageContaining("exceeds a snapshot of 9");
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> snapshotPiece(0, Long.MAX_VALUE, 9));
	}

	@Test
	void anEnvelopeShowsItsAddressesAndItsMessage() {
		assertThat(new Envelope(new NodeId(1), new NodeId(2), 1, new TakeSnapshot(4)))
			.hasToString("n1 -> n2  TakeSnapshot[index=4]");
	}

	private static SnapshotPiece snapshotPiece(long from, long offset, long size) {
		return new SnapshotPiece(BALLOT, from, SNAPSHOT, size, offset, Payload.ofText("abc"), SessionTable.EMPTY);
	}

}
