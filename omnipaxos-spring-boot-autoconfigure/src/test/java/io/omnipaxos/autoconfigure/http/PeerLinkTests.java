package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.node.Transport.PeerConnection;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node keeps a stream open to each of its peers, whatever becomes of them, and never
 * waits for one.
 */
class PeerLinkTests {

	private static final NodeId ONE = new NodeId(1);

	private static final NodeId TWO = new NodeId(2);

	private final RecordingHandler one = new RecordingHandler();

	private final RecordingHandler two = new RecordingHandler();

	private final Map<NodeId, Integer> ports = new HashMap<>(TestNode.freePorts(1, 2, 3));

	@Test
	void messagesArriveInOrderInBothDirections() {
		try (TestNode first = start(1, TestNode.settings()); TestNode second = start(2, TestNode.settings())) {
			awaitConnected();
			List<Envelope> there = LongStream.rangeClosed(1, 5_000).mapToObj((round) -> first.to(2, round)).toList();
			List<Envelope> back = LongStream.rangeClosed(1, 5_000).mapToObj((round) -> second.to(1, round)).toList();

			first.transport.send(TestNode.LOG, there);
			second.transport.send(TestNode.LOG, back);

			patiently().untilAsserted(() -> assertThat(this.two.received()).isEqualTo(there));
			patiently().untilAsserted(() -> assertThat(this.one.received()).isEqualTo(back));
			assertThat(first.transport.connections().get(TWO)).returns(5_000L, PeerConnection::sent)
				.returns(0L, PeerConnection::dropped);
		}
	}

	@Test
	void aLargeMessageArrivesWhole() {
		try (TestNode first = start(1, TestNode.settings()); TestNode second = start(2, TestNode.settings())) {
			awaitConnected();
			Envelope large = proposal(second.pid, 10 << 20);

			first.transport.send(TestNode.LOG, List.of(large, first.to(2, 1)));

			patiently().untilAsserted(() -> assertThat(this.two.received()).hasSize(2));
			assertThat(this.two.received()).containsExactlyInAnyOrder(large, first.to(2, 1));
		}
	}

	@Test
	void aPeerThatComesBackIsConnectedAgain() {
		try (TestNode first = start(1, TestNode.settings()); TestNode second = start(2, TestNode.settings())) {
			awaitConnected();

			second.stopServer();
			patiently().until(() -> !isConnected(first));
			first.transport.send(TestNode.LOG, List.of(first.to(2, 1)));
			assertThat(first.transport.connections().get(TWO).dropped()).isOne();
			patiently().untilAsserted(() -> assertThat(this.one.disconnected()).containsExactly(TWO));

			second.startServer();
			patiently().untilAsserted(() -> assertThat(this.one.connected()).containsExactly(TWO, TWO));
			first.transport.send(TestNode.LOG, List.of(first.to(2, 2)));
			patiently().untilAsserted(() -> assertThat(this.two.received()).containsExactly(first.to(2, 2)));
			assertThat(this.one.disconnected()).as("told once, not at every attempt in vain").containsExactly(TWO);
		}
	}

	@Test
	void aNodeThatStopsIsLeftAtOnceAndFoundAgain() {
		try (TestNode first = start(1, TestNode.settings()); TestNode second = start(2, TestNode.settings())) {
			awaitConnected();

			long begin = System.nanoTime();
			second.transport.close();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TestNode.settings().closeTimeout());
			patiently().until(() -> !isConnected(first));
			patiently()
				.untilAsserted(() -> assertThat(first.transport.connections().get(TWO).detail()).contains("503"));

			assertThat(this.one.disconnected()).containsExactly(TWO);
			second.start(this.two);
			patiently().untilAsserted(() -> assertThat(this.one.connected()).containsExactly(TWO, TWO));
		}
	}

	@Test
	void aSenderLearnsWhyItsStreamWasEnded() {
		HttpTransportSettings small = settings(1 << 20, Duration.ofSeconds(5), 10_000);
		try (TestNode first = start(1, TestNode.settings()); TestNode second = start(2, small)) {
			awaitConnected();

			first.transport.send(TestNode.LOG, List.of(proposal(second.pid, 2 << 20)));

			patiently().pollInterval(Duration.ofMillis(1))
				.until(() -> first.transport.connections().get(TWO).detail().contains("413"));
			patiently().untilAsserted(() -> assertThat(this.one.connected()).containsExactly(TWO, TWO));
			first.transport.send(TestNode.LOG, List.of(first.to(2, 1)));
			patiently().untilAsserted(() -> assertThat(this.two.received()).containsExactly(first.to(2, 1)));
			assertThat(this.one.disconnected()).as("it broke, and was back at the first attempt").isEmpty();
		}
	}

	@Test
	void whatDoesNotFitTheQueueIsDroppedAndNobodyWaits() throws IOException {
		try (StuckPeer stuck = new StuckPeer()) {
			this.ports.put(TWO, stuck.port());
			try (TestNode first = start(1, settings(32 << 20, Duration.ofMinutes(1), 100))) {
				patiently().until(() -> isConnected(first));
				Envelope large = proposal(TWO, 1 << 20);

				first.transport.send(TestNode.LOG, Collections.nCopies(500, large));

				PeerConnection connection = first.transport.connections().get(TWO);
				assertThat(connection.dropped()).isPositive();
				assertThat(connection.sent() + connection.dropped()).isBetween(400L, 500L);
				first.transport.send(TestNode.LOG, List.of(first.to(2, 1)));
				assertThat(isConnected(first)).isTrue();
			}
		}
	}

	@Test
	void aPeerOfWhichNothingIsHeardIsConnectedAnew() throws IOException {
		try (StuckPeer stuck = new StuckPeer()) {
			this.ports.put(TWO, stuck.port());
			try (TestNode first = start(1, settings(32 << 20, Duration.ofMillis(300), 100))) {
				patiently().untilAsserted(() -> assertThat(stuck.questions()).isGreaterThanOrEqualTo(3));
				assertThat(this.one.connected()).hasSizeGreaterThanOrEqualTo(2).containsOnly(TWO);
				assertThat(this.one.disconnected()).contains(TWO);
				assertThat(first.transport.connections().get(TWO).bytesReceived()).isZero();
			}
		}
	}

	@Test
	void aConnectionThatTakesNothingIsCut() throws IOException {
		try (StuckPeer stuck = new StuckPeer()) {
			this.ports.put(TWO, stuck.port());
			try (TestNode first = start(1, settings(32 << 20, Duration.ofSeconds(1), 100))) {
				patiently().until(() -> isConnected(first));

				first.transport.send(TestNode.LOG, Collections.nCopies(50, proposal(TWO, 1 << 20)));

				patiently().untilAsserted(() -> assertThat(this.one.connected()).hasSizeGreaterThanOrEqualTo(2));
				stuck.awaitEndOfFirstConnection();
				assertThat(first.transport.connections().get(TWO).dropped()).isPositive();
			}
		}
	}

	@Test
	void aConnectionOnWhichAnAnswerStopsIsCut() throws IOException {
		HttpTransportSettings like = TestNode.settings();
		HttpTransportSettings impatient = new HttpTransportSettings(like.path(), like.maxFrameBytes(),
				like.connectTimeout(), Duration.ofMillis(200), like.silenceTimeout(), like.minBackoff(),
				like.maxBackoff(), like.closeTimeout(), like.maxQueuedMessages(), like.maxQueuedBytes());
		try (StuckPeer stuck = new StuckPeer("HTTP/1.1 403 Forbidden\r\nContent-Length: 1000\r\n\r\nThis node")) {
			this.ports.put(TWO, stuck.port());
			try (TestNode first = start(1, impatient)) {
				patiently().untilAsserted(() -> assertThat(stuck.questions()).isGreaterThanOrEqualTo(2));

				stuck.awaitEndOfFirstConnection();
				assertThat(first.transport.connections().get(TWO).detail()).startsWith("cannot be reached: ");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "200 OK\r\nContent-Length: 7", "200 OK\r\nOmniPaxos-Storage: a\r\nContent-Length: 7",
			"204 No Content" })
	void whateverElseAnswersIsNoPeer(String head) throws IOException {
		try (StuckPeer other = new StuckPeer("HTTP/1.1 %s\r\nConnection: close\r\n\r\nWelcome".formatted(head))) {
			this.ports.put(TWO, other.port());
			try (TestNode first = start(1, TestNode.settings())) {
				patiently().untilAsserted(() -> assertThat(first.transport.connections().get(TWO).detail())
					.isEqualTo("is not spoken to: No OmniPaxos node answers at http://127.0.0.1:%d%s."
						.formatted(other.port(), TestNode.PATH) + " Check 'omnipaxos.peers.2'"));
				assertThat(this.one.connected()).isEmpty();
			}
		}
	}

	@Test
	void aNameWithoutAnAddressIsNamed() throws IOException {
		URI nowhere = URI.create("http://kv-2.invalid:8080");
		HttpTransport transport = new HttpTransport(TestNode.settings(), HttpTransportSecurity.NONE,
				Map.of(TWO, nowhere, new NodeId(3), nowhere));
		try (transport) {
			transport.start(TestNode.local(ONE), this.one);

			patiently().untilAsserted(() -> assertThat(transport.connections().get(TWO).detail())
				.isEqualTo("cannot be reached: the name 'kv-2.invalid' has no address. Check 'omnipaxos.peers.2'"));
		}
	}

	private TestNode start(long pid, HttpTransportSettings settings) {
		return new TestNode(pid, settings, this.ports).start((pid == 1) ? this.one : this.two);
	}

	private static HttpTransportSettings settings(int maxFrameBytes, Duration silenceTimeout, int maxQueuedMessages) {
		HttpTransportSettings like = TestNode.settings();
		return new HttpTransportSettings(like.path(), maxFrameBytes, like.connectTimeout(), like.answerTimeout(),
				silenceTimeout, like.minBackoff(), like.maxBackoff(), Duration.ofMillis(200), maxQueuedMessages,
				like.maxQueuedBytes());
	}

	private static Envelope proposal(NodeId to, int bytes) {
		Entry entry = new Entry.Command(new ProposalId(ONE, 1, 1), Payload.of(new byte[bytes]));
		return new Envelope(ONE, to, 1, new Propose(List.of(entry)));
	}

	private void awaitConnected() {
		patiently().untilAsserted(() -> assertThat(this.one.connected()).contains(TWO));
		patiently().untilAsserted(() -> assertThat(this.two.connected()).contains(ONE));
	}

	private static boolean isConnected(TestNode node) {
		PeerConnection connection = node.transport.connections().get(TWO);
		return connection != null && connection.connected();
	}

	private static ConditionFactory patiently() {
		return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
	}

}
