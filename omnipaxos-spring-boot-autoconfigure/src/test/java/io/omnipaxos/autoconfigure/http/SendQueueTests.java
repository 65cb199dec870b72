package io.omnipaxos.autoconfigure.http;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import io.omnipaxos.autoconfigure.http.SendLane.Queued;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatRequest;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.message.ReadMessage.BarrierAnswer;
import io.omnipaxos.core.message.ReadMessage.BarrierRequest;
import io.omnipaxos.core.message.ReadMessage.ReadAck;
import io.omnipaxos.core.message.ReadMessage.ReadProbe;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.node.wire.FrameCodec;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Heartbeats and read barriers wait behind no entries; everything else keeps its order.
 * All of it is bounded.
 */
class SendQueueTests {

	private static final NodeId ONE = new NodeId(1);

	private static final Ballot BALLOT = new Ballot(1, 4, 0, ONE);

	private static final Message PREPARE = new Prepare(BALLOT, new LogPosition(BALLOT, 3, 2));

	private static final Message ACCEPTED = new Accepted(BALLOT, 3, 2, false);

	private static final int PLENTY = 100_000;

	@Test
	void heartbeatsAndReadBarriersGoPastEverythingElseInTheirOrder() {
		SendQueue queue = new SendQueue(PLENTY, PLENTY);
		Message reply = new HeartbeatReply(1, 1, BALLOT, BALLOT, true, 2);
		List<Message> others = List.of(PREPARE, proposal(1, 100), ACCEPTED, proposal(2, 100));
		List<Message> urgent = List.of(request(1), new BarrierAnswer(1, 1, 2), reply, new BarrierRequest(1, 2),
				new ReadProbe(BALLOT, 1), request(2), new ReadAck(BALLOT, 1));

		others.forEach((message) -> assertThat(offer(queue, message)).isTrue());
		urgent.forEach((message) -> assertThat(offer(queue, message)).isTrue());

		assertThat(takeAll(queue)).containsExactlyElementsOf(concat(urgent, others));
		assertThat(queue.isEmpty()).isTrue();
	}

	@Test
	void entriesTakeNoRoomFromHeartbeats() {
		SendQueue queue = new SendQueue(3, PLENTY);
		for (int seq = 1; seq <= 3; seq++) {
			assertThat(offer(queue, proposal(seq, 100))).isTrue();
		}
		assertThat(offer(queue, proposal(4, 100))).isFalse();

		assertThat(offer(queue, request(1))).isTrue();

		assertThat(takeAll(queue)).startsWith(request(1)).hasSize(4);
	}

	@Test
	void bytesOfEntriesTakeNoRoomFromHeartbeats() {
		SendQueue queue = new SendQueue(100, FrameCodec.sizeOf(proposal(1, 9_000)));
		assertThat(offer(queue, proposal(1, 9_000))).isTrue();
		assertThat(offer(queue, proposal(2, 100))).isFalse();

		assertThat(offer(queue, request(1))).isTrue();
	}

	@Test
	void heartbeatsAreBoundedInNumberAndTakeNoRoomFromEntries() {
		SendQueue queue = new SendQueue(2, PLENTY);
		assertThat(offer(queue, request(1))).isTrue();
		assertThat(offer(queue, request(2))).isTrue();
		assertThat(offer(queue, request(3))).isFalse();

		assertThat(offer(queue, proposal(1, 100))).isTrue();
		assertThat(takeAll(queue)).containsExactly(request(1), request(2), proposal(1, 100));
		assertThat(offer(queue, request(4))).as("what was taken has left room").isTrue();
	}

	@Test
	void heartbeatsAreBoundedInBytes() {
		SendQueue queue = new SendQueue(PLENTY, 1_000);
		int taken = 0;
		while (taken < 100 && offer(queue, request(taken))) {
			taken++;
		}
		assertThat(taken).isBetween(1, 10);
	}

	@Test
	void entriesHaveTheirTurnHoweverManyHeartbeatsThereAre() {
		SendQueue queue = new SendQueue(PLENTY, 1L << 30);
		List<Message> proposals = List.of(proposal(1, 100), proposal(2, 100));
		proposals.forEach((message) -> offer(queue, message));
		LongStream.range(0, 5_000).forEach((round) -> offer(queue, request(round)));

		List<Message> taken = takeAll(queue);

		assertThat(taken.subList(0, 1_000)).doesNotContainAnyElementsOf(proposals);
		assertThat(taken.subList(0, 2_500)).containsSubsequence(proposals);
	}

	@Test
	void whatIsOfAnotherLogOrTooLongIsNotTakenAlong() {
		SendQueue queue = new SendQueue(PLENTY, PLENTY);
		queue.offer("a", envelope(proposal(1, 100)));
		queue.offer("b", envelope(request(1)));

		assertThat(queue.poll("a", PLENTY)).as("the heartbeat of another log is first").isNull();
		assertThat(queue.poll("b", 10)).as("too long").isNull();
		assertThat(queue.poll("b", PLENTY)).extracting(Queued::log).isEqualTo("b");
		assertThat(queue.poll("a", PLENTY)).extracting(Queued::log).isEqualTo("a");
		assertThat(queue.poll("a", PLENTY)).isNull();
	}

	@Test
	void whatIsForgottenIsCounted() {
		SendQueue queue = new SendQueue(2, PLENTY);
		offer(queue, request(1));
		offer(queue, proposal(1, 100));
		offer(queue, proposal(2, 100));

		assertThat(queue.clear()).isEqualTo(3);

		assertThat(queue.isEmpty()).isTrue();
		assertThat(offer(queue, proposal(3, 100))).as("what was forgotten has left room").isTrue();
	}

	private static boolean offer(SendQueue queue, Message message) {
		return queue.offer(TestNode.LOG, envelope(message));
	}

	private static Envelope envelope(Message message) {
		return new Envelope(ONE, new NodeId(2), 1, message);
	}

	private static Message request(long round) {
		return new HeartbeatRequest(1, round);
	}

	private static Message proposal(long seq, int bytes) {
		return new Propose(List.of(new Entry.Command(new ProposalId(ONE, 1, seq), Payload.of(new byte[bytes]))));
	}

	private static List<Message> takeAll(SendQueue queue) {
		List<Message> taken = new ArrayList<>();
		for (Queued next = queue.poll(); next != null; next = queue.poll()) {
			taken.add(next.envelope().message());
		}
		return taken;
	}

	private static List<Message> concat(List<Message> first, List<Message> then) {
		List<Message> all = new ArrayList<>(first);
		all.addAll(then);
		return all;
	}

}
