package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.wire.FrameFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two processes that speak for one node are told from one whose connection broke, and
 * from one that was started again with another clock.
 */
@ExtendWith(OutputCaptureExtension.class)
class RivalWatchTests {

	private static final String WARNING = "Two processes speak for n2: one has stream 100 open";

	private long seconds;

	private final RivalWatch watch = new RivalWatch(
			new StreamOpening(TestNode.CLUSTER, new NodeId(2), new NodeId(1), 1, "1,2,3 2/2", "storage", 100),
			() -> Duration.ofSeconds(this.seconds).toNanos());

	@Test
	void warnsWhenAnOlderStreamIsWantedAgainWhileTheOpenOneDelivers(CapturedOutput output) {
		this.watch.turnedAway();
		passAndDeliver(2);
		assertThat(output).doesNotContain(WARNING);

		this.watch.turnedAway();

		assertThat(output).containsOnlyOnce(WARNING);
	}

	@Test
	void warnsAgainAfterAMinute(CapturedOutput output) {
		this.watch.turnedAway();
		passAndDeliver(2);
		this.watch.turnedAway();
		passAndDeliver(30);
		this.watch.turnedAway();
		assertThat(output).containsOnlyOnce(WARNING);

		passAndDeliver(40);
		this.watch.turnedAway();

		assertThat(output.getOut().split(WARNING, -1)).hasSize(3);
	}

	@Test
	void saysNothingWhileTheOpenStreamIsSilent(CapturedOutput output) {
		passAndDeliver(10);
		this.watch.turnedAway();
		this.seconds += 10;
		this.watch.turnedAway();

		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void twoProcessesAreNoticed(CapturedOutput output) throws Exception {
		try (TestNode node = new TestNode(1, TestNode.settings(), TestNode.freePorts(1, 2, 3))
			.start(new RecordingHandler()); HandMadeStream open = stream(node, 100)) {
			HttpRequest.Builder older = HttpRequest.newBuilder(node.uri());
			HandMadeStream.headers(7).forEach(older::header);
			HttpClient other = HttpClient.newHttpClient();
			Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				open.send(frame());
				assertThat(other.send(older.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(409);
				assertThat(output).contains(WARNING);
			});
		}
	}

	@Test
	void oneProcessWhoseConnectionBrokeIsNoReasonToWarn(CapturedOutput output) throws Exception {
		RecordingHandler handler = new RecordingHandler();
		try (TestNode node = new TestNode(1, TestNode.settings(), TestNode.freePorts(1, 2, 3)).start(handler);
				HandMadeStream broken = stream(node, 100)) {
			broken.send(frame());
			Awaitility.await().until(() -> !handler.received().isEmpty());
			try (HandMadeStream next = stream(node, 101)) {
				assertThat(next.send(frame()).end().status()).isEqualTo(204);
			}
			broken.send(frame());
			assertThat(broken.status()).isEqualTo(409);
		}
		assertThat(output).doesNotContain("WARN").doesNotContain("Two processes");
	}

	private void passAndDeliver(int seconds) {
		this.seconds += seconds;
		this.watch.delivered();
	}

	private static HandMadeStream stream(TestNode node, long number) throws IOException {
		return HandMadeStream.open(node.uri(), HandMadeStream.headers(number));
	}

	private static byte[] frame() throws IOException {
		return HandMadeStream.frame(FrameFormat.CBOR, TestNode.heartbeat(2, 1, 1));
	}

}
