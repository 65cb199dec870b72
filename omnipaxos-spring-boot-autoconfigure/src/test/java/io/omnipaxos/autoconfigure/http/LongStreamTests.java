package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.node.TransportHandler;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.wire.FrameFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stream has no end of its own. What it carries is taken as it comes, by the newest
 * stream of a peer alone, and nothing that goes on in one stream holds up another.
 */
class LongStreamTests {

	private final RecordingHandler handler = new RecordingHandler();

	private final TestNode node = new TestNode(1, TestNode.settings(), TestNode.freePorts(1, 2, 3));

	@AfterEach
	void stopNode() {
		this.node.close();
	}

	@Test
	void whatABodyThatNeverEndsCarriesIsTakenAsItComes() throws IOException {
		this.node.start(this.handler);
		try (HandMadeStream stream = open(1)) {
			for (int round = 1; round <= 100; round++) {
				stream.send(frame(round));
				awaitReceived(round);
			}
			assertThat(stream.end().status()).isEqualTo(204);
		}
	}

	@Test
	void aFrameMayTrickleInByteByByte() throws IOException {
		this.node.start(this.handler);
		try (HandMadeStream stream = open(1)) {
			for (byte next : frame(1)) {
				stream.send(new byte[] { next });
			}
			awaitReceived(1);
		}
	}

	@Test
	void aNewerStreamEndsTheOlderOne() throws IOException {
		this.node.start(this.handler);
		try (HandMadeStream older = open(1)) {
			older.send(frame(1));
			awaitReceived(1);
			try (HandMadeStream newer = open(2)) {
				newer.send(frame(2));
				awaitReceived(2);

				older.send(frame(8));
				assertThat(older.status()).isEqualTo(409);

				newer.send(frame(3));
				awaitReceived(3);
				assertThat(this.handler.received()).doesNotContain(TestNode.heartbeat(2, 1, 8));
			}
		}
	}

	@Test
	void anOlderStreamDoesNotEndANewerOne() throws IOException {
		this.node.start(this.handler);
		try (HandMadeStream newer = open(2)) {
			newer.send(frame(1));
			awaitReceived(1);
			try (HandMadeStream older = open(1)) {
				assertThat(older.status()).isEqualTo(409);
			}
			newer.send(frame(2));
			awaitReceived(2);
		}
	}

	@Test
	void aPeerCannotPileUpStreams() throws IOException {
		this.node.start(this.handler);
		List<HandMadeStream> half = new ArrayList<>();
		try {
			for (int number = 1; number <= 8; number++) {
				HandMadeStream stream = open(number);
				half.add(stream);
				stream.send(frame(number));
				awaitReceived(number);
				// Claims the longest frame, and never sends it.
				stream.send(ByteBuffer.allocate(4).putInt(32 << 20).array());
			}
			try (HandMadeStream surplus = open(9)) {
				assertThat(surplus.status()).isEqualTo(429);
			}
		}
		finally {
			for (HandMadeStream stream : half) {
				stream.close();
			}
		}
		Awaitility.await().untilAsserted(() -> {
			try (HandMadeStream next = open(10)) {
				assertThat(next.send(frame(10)).end().status()).isEqualTo(204);
			}
		});
	}

	@Test
	void anOpenStreamNeedsNoFreeRequestThread() throws Exception {
		try (BusyServer server = new BusyServer(this.node, 2)) {
			this.node.start(this.handler);
			try (HandMadeStream stream = HandMadeStream.open(server.streamUri(), HandMadeStream.headers(1))) {
				stream.send(frame(1));
				awaitReceived(1);

				server.occupyAllThreads();
				for (int round = 2; round <= 20; round++) {
					stream.send(frame(round));
					awaitReceived(round);
				}
			}
		}
	}

	@Test
	void aFailureOfThisNodeEndsTheStreamAndNothingElse() throws IOException {
		this.node.start(new TransportHandler() {

			@Override
			public void received(String log, List<Envelope> messages) {
				if (messages.contains(TestNode.heartbeat(2, 1, 1))) {
					throw new IllegalStateException("Not this one");
				}
				LongStreamTests.this.handler.received(log, messages);
			}

			@Override
			public void connected(NodeId peer) {
				LongStreamTests.this.handler.connected(peer);
			}

			@Override
			public void disconnected(NodeId peer) {
				LongStreamTests.this.handler.disconnected(peer);
			}

		});
		try (HandMadeStream stream = open(1)) {
			assertThat(stream.send(frame(1)).status()).isEqualTo(500);
		}
		try (HandMadeStream stream = open(2)) {
			assertThat(stream.send(frame(2)).end().status()).isEqualTo(204);
		}
	}

	@Test
	void nothingIsTakenAfterTheTransportHasClosed() throws IOException {
		this.node.start(this.handler);
		try (HandMadeStream stream = open(1)) {
			stream.send(frame(1));
			awaitReceived(1);

			this.node.transport.close();
			stream.send(frame(2));
			assertThat(stream.status()).isEqualTo(503);
			assertThat(this.handler.received()).hasSize(1);
		}
	}

	private HandMadeStream open(long number) throws IOException {
		return HandMadeStream.open(this.node.uri(), HandMadeStream.headers(number));
	}

	private static byte[] frame(long round) throws IOException {
		return HandMadeStream.frame(FrameFormat.CBOR, TestNode.heartbeat(2, 1, round));
	}

	private void awaitReceived(int messages) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(2))
			.untilAsserted(() -> assertThat(this.handler.received()).hasSize(messages));
	}

}
