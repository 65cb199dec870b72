package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.node.Transport.PeerConnection;
import io.omnipaxos.node.TransportHandler;
import io.omnipaxos.node.wire.FrameFormat;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A peer to which little passes at a time is not given up, nor left without heartbeats.
 */
class SlowPeerTests {

	private static final NodeId ONE = new NodeId(1);

	private static final NodeId TWO = new NodeId(2);

	private static final Duration SILENCE = Duration.ofSeconds(1);

	private final RecordingHandler one = new RecordingHandler();

	private final RecordingHandler two = new RecordingHandler();

	private final Map<NodeId, Integer> ports = new HashMap<>(TestNode.freePorts(1, 2, 3));

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

	@AfterEach
	void stopClock() {
		this.clock.shutdownNow();
	}

	@Test
	void aHeartbeatGoesPastEntriesThatFillTheQueue() {
		CountDownLatch mayTake = new CountDownLatch(1);
		HttpTransportSettings settings = settings(Duration.ofMinutes(1));
		try (TestNode first = new TestNode(1, settings, this.ports).start(this.one);
				TestNode second = new TestNode(2, settings, this.ports).start(takingFrom(mayTake))) {
			try {
				patiently().untilAsserted(() -> assertThat(this.one.connected()).contains(second.pid));
				first.transport.send(TestNode.LOG, proposals(100, 1 << 20));
				long dropped = connection(first).dropped();
				assertThat(dropped).as("the queue is full").isPositive();
				Envelope heartbeat = first.to(2, 1);

				first.transport.send(TestNode.LOG, List.of(heartbeat));
				mayTake.countDown();

				int entries = 100 - (int) dropped;
				patiently().untilAsserted(() -> assertThat(this.two.received()).hasSize(entries + 1));
				assertThat(this.two.received().indexOf(heartbeat)).as("what the network had taken is ahead of it")
					.isBetween(0, entries / 2);
				assertThat(connection(first)).returns(dropped, PeerConnection::dropped)
					.returns(entries + 1L, PeerConnection::sent);
			}
			finally {
				mayTake.countDown();
			}
		}
	}

	@Test
	void aMessageThatTakesLongerThanTheSilenceTimeoutArrives() throws IOException {
		Envelope large = proposals(1, 16 << 20).get(0);
		try (SlowPeer slow = new SlowPeer(Duration.ofMillis(30), this.two)) {
			this.ports.put(TWO, slow.port());
			try (TestNode first = new TestNode(1, settings(SILENCE), this.ports).start(this.one);
					HandMadeStream back = HandMadeStream.open(first.uri(), HandMadeStream.headers(1))) {
				patiently().untilAsserted(() -> assertThat(this.one.connected()).contains(TWO));
				first.transport.send(TestNode.LOG, List.of(large));
				byte[] signOfLife = HandMadeStream.frame(FrameFormat.CBOR, TestNode.heartbeat(2, 1, 1));

				inSteps(() -> {
					back.send(signOfLife);
					first.transport.send(TestNode.LOG, List.of(first.to(2, 1)));
				});

				patiently().untilAsserted(() -> assertThat(this.two.received()).contains(large, first.to(2, 1)));
				assertThat(this.one.connected()).as("one stream").containsExactly(TWO);
				assertThat(this.one.disconnected()).isEmpty();
			}
		}
	}

	@Test
	void aPeerIsHeardWhileALongMessageComesIn() throws IOException {
		byte[] frame = HandMadeStream.frame(FrameFormat.CBOR, new Envelope(TWO, ONE, 1, proposal(1, 4 << 20)));
		ByteBuffer left = ByteBuffer.wrap(frame);
		try (StuckPeer silent = new StuckPeer()) {
			this.ports.put(TWO, silent.port());
			try (TestNode first = new TestNode(1, settings(SILENCE), this.ports).start(this.one);
					HandMadeStream stream = HandMadeStream.open(first.uri(), HandMadeStream.headers(1))) {
				patiently().untilAsserted(() -> assertThat(this.one.connected()).contains(TWO));

				sendSome(left, stream);
				patiently().untilAsserted(() -> assertThat(connection(first).bytesReceived()).isPositive());
				assertThat(this.one.received()).as("not whole yet").isEmpty();
				inSteps(() -> sendSome(left, stream));

				patiently().untilAsserted(() -> assertThat(this.one.received()).hasSize(1));
				assertThat(connection(first).bytesReceived()).isEqualTo(frame.length);
				assertThat(this.one.connected()).as("one stream").containsExactly(TWO);
				assertThat(this.one.disconnected()).isEmpty();
			}
		}
	}

	/** Else there would be no heartbeat for as long as all of that takes. */
	@Test
	void aStreamIsOpenedAnewWithoutWaitingForWhatWaits() throws IOException {
		try (SlowPeer slow = new SlowPeer(Duration.ofMillis(10), this.two)) {
			this.ports.put(TWO, slow.port());
			HttpTransportSettings settings = settings(Duration.ofMinutes(1), Duration.ofMinutes(1));
			try (TestNode first = new TestNode(1, settings, this.ports).start(this.one);
					HandMadeStream back = HandMadeStream.open(first.uri(), HandMadeStream.headers(1))) {
				patiently().untilAsserted(() -> assertThat(this.one.connected()).contains(TWO));
				first.transport.send(TestNode.LOG, proposals(50, 1 << 20));
				assertThat(connection(first).dropped()).isZero();

				assertThat(back.end().status()).isEqualTo(204);

				patiently().untilAsserted(() -> assertThat(this.one.connected()).containsExactly(TWO, TWO));
				assertThat(connection(first).dropped()).isPositive();
				assertThat(connection(first).sent() + connection(first).dropped()).isEqualTo(50);
			}
		}
	}

	private static void sendSome(ByteBuffer left, HandMadeStream stream) throws IOException {
		if (left.hasRemaining()) {
			byte[] some = new byte[Math.min(64 << 10, left.remaining())];
			left.get(some);
			stream.send(some);
		}
	}

	private void inSteps(Step step) {
		this.clock.scheduleWithFixedDelay(() -> {
			try {
				step.take();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}, 0, 40, TimeUnit.MILLISECONDS);
	}

	/** Takes nothing before it may, so that the network comes to a stand. */
	private TransportHandler takingFrom(CountDownLatch mayTake) {
		return new TransportHandler() {

			@Override
			public void received(String log, List<Envelope> messages) {
				try {
					mayTake.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				SlowPeerTests.this.two.received(log, messages);
			}

			@Override
			public void connected(NodeId peer) {
				SlowPeerTests.this.two.connected(peer);
			}

			@Override
			public void disconnected(NodeId peer) {
				SlowPeerTests.this.two.disconnected(peer);
			}

		};
	}

	private static PeerConnection connection(TestNode node) {
		return node.transport.connections().get(TWO);
	}

	private static List<Envelope> proposals(int count, int bytes) {
		return LongStream.rangeClosed(1, count)
			.mapToObj((seq) -> new Envelope(ONE, TWO, 1, proposal(seq, bytes)))
			.toList();
	}

	private static Propose proposal(long seq, int bytes) {
		return new Propose(List.of(new Entry.Command(new ProposalId(ONE, 1, seq), Payload.of(new byte[bytes]))));
	}

	private static HttpTransportSettings settings(Duration silenceTimeout) {
		return settings(silenceTimeout, TestNode.settings().answerTimeout());
	}

	private static HttpTransportSettings settings(Duration silenceTimeout, Duration answerTimeout) {
		HttpTransportSettings like = TestNode.settings();
		return new HttpTransportSettings(like.path(), like.maxFrameBytes(), like.connectTimeout(), answerTimeout,
				silenceTimeout, like.minBackoff(), like.maxBackoff(), Duration.ofMillis(200), like.maxQueuedMessages(),
				like.maxQueuedBytes());
	}

	private static ConditionFactory patiently() {
		return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
	}

	private interface Step {

		void take() throws IOException;

	}

}
