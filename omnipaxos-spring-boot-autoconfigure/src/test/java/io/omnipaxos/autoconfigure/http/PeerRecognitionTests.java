package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.PeerStorageIds;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.node.OmniPaxosConfig;
import io.omnipaxos.node.Transport.LocalNode;
import io.omnipaxos.node.wire.FrameFormat;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node that comes back with another storage has forgotten what it promised, and its
 * peers neither listen nor speak to it.
 */
@ExtendWith(OutputCaptureExtension.class)
class PeerRecognitionTests {

	private static final NodeId ONE = new NodeId(1);

	private static final NodeId TWO = new NodeId(2);

	private final RecordingHandler one = new RecordingHandler();

	private final RecordingHandler two = new RecordingHandler();

	private final HttpClient http = HttpClient.newHttpClient();

	private final Map<NodeId, Integer> ports = TestNode.freePorts(1, 2, 3);

	private TestNode node;

	private long number = 1;

	@BeforeEach
	void startNode() {
		this.node = new TestNode(1, TestNode.settings(), this.ports).start(this.one);
	}

	@AfterEach
	void stopNode() {
		this.node.close();
	}

	@Test
	void aPeerIsRememberedWhenItOpensAStreamAndNotWhenItAsks() throws Exception {
		assertThat(ask("a").statusCode()).isEqualTo(204);
		assertThat(this.node.peerStorageIds.peerStorageId(TWO)).isEmpty();

		assertThat(post("a", 1).statusCode()).isEqualTo(204);
		assertThat(this.node.peerStorageIds.peerStorageId(TWO)).hasValue("a");
	}

	@Test
	void aPeerWithAnotherStorageIsRefusedAndToldWhatToDo(CapturedOutput output) throws Exception {
		post("a", 1);

		for (HttpResponse<String> answer : List.of(post("b", 2), post("b", 3), ask("b"))) {
			assertThat(answer.statusCode()).isEqualTo(409);
			assertThat(answer.body()).contains(
					"\"detail\":\"n2 comes with the storage b, and had the storage a before:"
							+ " it has forgotten what it promised\"",
					"\"action\":\"Stop it, and start it with the very storage that it had");
		}

		assertThat(this.one.received()).containsExactly(heartbeat(1));
		assertThat(output.getOut()).containsOnlyOnce("n2 is turned away. n2 comes with the storage b");
		assertThat(post("a", 4).statusCode()).isEqualTo(204);
		assertThat(this.one.received()).containsExactly(heartbeat(1), heartbeat(4));
	}

	@Test
	void aNodeThatRestartsStillKnowsItsPeers() throws Exception {
		post("a", 1);
		this.node.transport.close();

		this.node.start(this.one);

		assertThat(post("b", 2).statusCode()).isEqualTo(409);
		assertThat(post("a", 3).statusCode()).isEqualTo(204);
	}

	@Test
	void aPeerThatKeepsItsLogInMemoryMayForgetIt(CapturedOutput output) throws Exception {
		post("memory-a", 1);

		assertThat(post("memory-b", 2).statusCode()).isEqualTo(204);
		assertThat(post("memory-b", 3).statusCode()).isEqualTo(204);
		assertThat(output.getOut()).containsOnlyOnce("n2 kept its logs in memory and has come back without them");

		assertThat(post("durable", 4).statusCode()).isEqualTo(204);
		assertThat(post("memory-c", 5).statusCode()).isEqualTo(409);
	}

	@Test
	void anIdentityThatIsTooLongIsRefused() throws Exception {
		assertThat(post("x".repeat(256), 1).statusCode()).isEqualTo(400);
		assertThat(post("x".repeat(255), 1).statusCode()).isEqualTo(204);
	}

	@Test
	void aNodeWhoseStorageFailsTakesNobodyUnseen() throws Exception {
		this.node.transport.close();
		LocalNode failing = new LocalNode(TestNode.CLUSTER, ONE, 1, "a", new FailingIds(),
				new OmniPaxosConfig(ClusterConfig.of(1, 1, 2, 3), ServerConfig.of(ONE)));
		this.node.transport.start(failing, this.one);

		assertThat(post("a", 1).statusCode()).isEqualTo(503);
		assertThat(this.one.received()).isEmpty();
	}

	@Test
	void bothSidesSayWhyTheyAreNotConnected() {
		try (TestNode other = new TestNode(2, TestNode.settings(), this.ports).start(this.two)) {
			patiently().untilAsserted(() -> assertThat(this.one.connected()).contains(TWO));
			patiently().untilAsserted(() -> assertThat(this.two.connected()).contains(ONE));
			other.transport.close();

			other.start("another", this.two);

			patiently().untilAsserted(() -> assertThat(detail(other, ONE))
				.startsWith("refused the stream: status 409, n2"
						+ " comes with the storage another, and had the storage storage-n2 before")
				.endsWith("When a storage is lost', first"));
			patiently().untilAsserted(() -> assertThat(detail(this.node, TWO))
				.startsWith("is not spoken to: n2 comes with the storage another"));
			assertThat(this.one.connected()).containsOnlyOnce(TWO);

			other.transport.close();
			other.start(this.two);
			patiently().untilAsserted(() -> assertThat(this.one.connected()).containsExactly(TWO, TWO));
		}
	}

	@Test
	void nobodyWaitsUntilAnotherPeerIsRemembered() throws Exception {
		SlowIds slow = new SlowIds();
		PeerRecognition recognition = new PeerRecognition(slow);
		ExecutorService executor = Executors.newCachedThreadPool();
		try {
			Future<?> writing = executor.submit(() -> meet(recognition, TWO, "new"));
			assertThat(slow.writing.await(20, TimeUnit.SECONDS)).isTrue();

			assertThat(executor.submit(() -> meet(recognition, ONE, "known"))).succeedsWithin(Duration.ofSeconds(20));
			assertThat(executor.submit(() -> meet(recognition, new NodeId(3), "new")))
				.succeedsWithin(Duration.ofSeconds(20));

			assertThat(writing.isDone()).isFalse();
		}
		finally {
			slow.mayWrite.countDown();
			executor.shutdown();
		}
	}

	private static boolean meet(PeerRecognition recognition, NodeId peer, String storageId)
			throws StreamRefusedException {
		recognition.meet(peer, storageId);
		return true;
	}

	private static String detail(TestNode of, NodeId peer) {
		return of.transport.connections().get(peer).detail();
	}

	private HttpResponse<String> ask(String storageId) throws IOException, InterruptedException {
		return this.http.send(request(storageId).GET().build(), BodyHandlers.ofString());
	}

	private HttpResponse<String> post(String storageId, long round) throws IOException, InterruptedException {
		byte[] body = HandMadeStream.frame(FrameFormat.CBOR, heartbeat(round));
		return this.http.send(request(storageId).POST(BodyPublishers.ofByteArray(body)).build(),
				BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String storageId) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.node.uri());
		HandMadeStream.headers(this.number++).forEach(request::setHeader);
		return request.setHeader("OmniPaxos-Storage", storageId);
	}

	private static Envelope heartbeat(long round) {
		return TestNode.heartbeat(2, 1, round);
	}

	private static ConditionFactory patiently() {
		return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
	}

	/** Is as slow as a disk may be, until it is told not to be. */
	private static final class SlowIds implements PeerStorageIds {

		private final CountDownLatch writing = new CountDownLatch(1);

		private final CountDownLatch mayWrite = new CountDownLatch(1);

		@Override
		public Optional<String> peerStorageId(NodeId peer) {
			return peer.equals(ONE) ? Optional.of("known") : Optional.empty();
		}

		@Override
		public void rememberPeer(NodeId peer, String storageId) {
			if (peer.equals(TWO)) {
				this.writing.countDown();
				try {
					this.mayWrite.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
		}

	}

	private static final class FailingIds implements PeerStorageIds {

		@Override
		public Optional<String> peerStorageId(NodeId peer) {
			return Optional.empty();
		}

		@Override
		public void rememberPeer(NodeId peer, String storageId) {
			throw new StorageException("No space left on device", null);
		}

	}

}
