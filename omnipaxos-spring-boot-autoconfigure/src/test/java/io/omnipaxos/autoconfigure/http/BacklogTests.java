package io.omnipaxos.autoconfigure.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.node.wire.Frame;
import io.omnipaxos.node.wire.FrameCodec;
import io.omnipaxos.node.wire.FrameFormat;
import io.omnipaxos.node.wire.FrameReader;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What waits leaves together, but no more at once than a slow network can show that it
 * takes; and it is counted when it leaves.
 */
class BacklogTests {

	private static final int SLICE_BYTES = 256 << 10;

	private static final FrameCodec CODEC = new FrameCodec(FrameFormat.CBOR, 32 << 20);

	private final PeerTraffic traffic = new PeerTraffic();

	private final Backlog backlog = new Backlog(new SendQueue(10_000, 64 << 20), CODEC, this.traffic);

	@Test
	void whatWaitsLeavesInOneSliceAndOneFrame() throws IOException {
		for (int seq = 1; seq <= 10; seq++) {
			offer(proposal(seq, 100));
		}
		offer(heartbeat(1));

		List<ByteBuffer> slices = takeAll();

		assertThat(slices).hasSize(1);
		List<Frame> frames = frames(slices);
		assertThat(frames).hasSize(1);
		assertThat(frames.get(0).messages()).hasSize(11).startsWith(heartbeat(1), proposal(1, 100));
	}

	@Test
	void aHeartbeatSharesNoFrameWithManyEntries() throws IOException {
		for (int seq = 1; seq <= 100; seq++) {
			offer(proposal(seq, 1_000));
		}
		offer(heartbeat(1));

		List<Frame> frames = frames(takeAll());

		assertThat(frames).hasSize(2);
		assertThat(frames.get(0).messages()).startsWith(heartbeat(1)).hasSizeLessThan(17);
		assertThat(frames.get(1).messages()).hasSizeGreaterThan(84);
	}

	@Test
	void aLongMessageLeavesInSlicesOfWhichNoneIsCopied() throws IOException {
		offer(proposal(1, 1 << 20));

		List<ByteBuffer> slices = takeAll();

		assertThat(slices).hasSize(5)
			.allSatisfy((slice) -> assertThat(slice.remaining()).isBetween(1, SLICE_BYTES))
			.allSatisfy((slice) -> assertThat(slice.array()).isSameAs(slices.get(0).array()));
		assertThat(frames(slices).get(0).messages()).containsExactly(proposal(1, 1 << 20));
	}

	@Test
	void aHeartbeatWaitsForTheRestOfALongMessage() throws IOException {
		offer(proposal(1, 1 << 20));
		offer(proposal(2, 1 << 20));
		List<ByteBuffer> slices = new ArrayList<>(List.of(take()));
		offer(heartbeat(1));

		slices.addAll(takeAll());

		assertThat(frames(slices)).flatExtracting(Frame::messages)
			.containsExactly(proposal(1, 1 << 20), heartbeat(1), proposal(2, 1 << 20));
	}

	@Test
	void bytesCountWhenTheyLeaveAndMessagesWhenTheirLastByteDoes() {
		offer(proposal(1, 1 << 20));
		take();
		assertThat(this.traffic.bytesSent()).isEqualTo(SLICE_BYTES);
		assertThat(this.traffic.messagesSent()).isZero();
		assertThat(this.backlog.isEmpty()).isFalse();

		takeAll();
		assertThat(this.traffic.bytesSent()).isGreaterThan(1 << 20);
		assertThat(this.traffic.messagesSent()).isOne();
		assertThat(this.backlog.isEmpty()).isTrue();
	}

	@Test
	void whatHasLeftInPartIsForgottenWithTheOthers() {
		offer(proposal(1, 1 << 20));
		take();
		offer(proposal(2, 100));
		offer(heartbeat(1));

		this.backlog.clear();

		assertThat(this.traffic.messagesDropped()).isEqualTo(3);
		assertThat(this.backlog.isEmpty()).isTrue();
		assertThat(this.backlog.nextSlice()).isNull();
		assertThat(this.traffic.messagesSent()).isZero();
	}

	private void offer(Envelope envelope) {
		assertThat(this.backlog.offer(TestNode.LOG, envelope)).isTrue();
	}

	private ByteBuffer take() {
		ByteBuffer slice = this.backlog.nextSlice();
		assertThat(slice).isNotNull();
		return slice;
	}

	private List<ByteBuffer> takeAll() {
		List<ByteBuffer> slices = new ArrayList<>();
		for (ByteBuffer next = this.backlog.nextSlice(); next != null; next = this.backlog.nextSlice()) {
			slices.add(next);
		}
		return slices;
	}

	/** Returns what a peer reads. */
	static List<Frame> frames(List<ByteBuffer> slices) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		slices.forEach((slice) -> bytes.write(slice.array(), slice.arrayOffset(), slice.remaining()));
		FrameReader reader = new FrameReader(new ByteArrayInputStream(bytes.toByteArray()), CODEC);
		List<Frame> frames = new ArrayList<>();
		for (Frame next = reader.read(); next != null; next = reader.read()) {
			frames.add(next);
		}
		return frames;
	}

	private static Envelope heartbeat(long round) {
		return TestNode.heartbeat(1, 2, round);
	}

	static Envelope proposal(long seq, int bytes) {
		Entry entry = new Entry.Command(new ProposalId(new NodeId(1), 1, seq), Payload.of(new byte[bytes]));
		return new Envelope(new NodeId(1), new NodeId(2), 1, new Propose(List.of(entry)));
	}

}
