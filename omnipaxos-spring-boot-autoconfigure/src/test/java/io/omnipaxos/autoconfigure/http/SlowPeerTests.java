package io.omnipaxos.autoconfigure.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.node.Transport.PeerConnection;
import io.omnipaxos.node.TransportHandler;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A peer to which little passes at a time is not given up, nor left without heartbeats.
 */
class SlowPeerTests {

	private static final NodeId ONE = new NodeId(1);

	private static final NodeId TWO = new NodeId(2);

	private final RecordingHandler one = new RecordingHandler();

	private final RecordingHandler two = new RecordingHandler();

	private final Map<NodeId, Integer> ports = TestNode.freePorts(1, 2, 3);

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
		Payload payload = Payload.of(new byte[bytes]);
		return LongStream.rangeClosed(1, count)
			.mapToObj((seq) -> new Envelope(ONE, TWO, 1,
					new Propose(List.of(new Entry.Command(new ProposalId(ONE, 1, seq), payload)))))
			.toList();
	}

	private static HttpTransportSettings settings(Duration silenceTimeout) {
		HttpTransportSettings like = TestNode.settings();
		return new HttpTransportSettings(like.path(), like.maxFrameBytes(), like.connectTimeout(), like.answerTimeout(),
				silenceTimeout, like.minBackoff(), like.maxBackoff(), Duration.ofMillis(200), like.maxQueuedMessages(),
				like.maxQueuedBytes());
	}

	private static ConditionFactory patiently() {
		return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
	}

}
