package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.wire.FrameFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is wrong with a stream is answered with a status and a reason, nothing of it
 * reaches the logs, and the next stream is served as if nothing had happened.
 */
class StreamRefusalTests {

	private final RecordingHandler handler = new RecordingHandler();

	private final HttpClient http = HttpClient.newHttpClient();

	private TestNode node;

	private long number = 1;

	@BeforeEach
	void startNode() {
		this.node = new TestNode(1, TestNode.settings(), TestNode.freePorts(1, 2, 3));
		this.node.start(this.handler);
	}

	@AfterEach
	void stopNode() {
		this.node.close();
	}

	@ParameterizedTest
	@EnumSource
	void aBatchPostedByHandIsTaken(FrameFormat format) throws Exception {
		byte[] body = HandMadeStream.frame(format, heartbeat(1), heartbeat(2));

		assertThat(post(Map.of("Content-Type", format.mediaType() + "; charset=utf-8"), body).statusCode())
			.isEqualTo(204);

		assertThat(this.handler.received()).containsExactly(heartbeat(1), heartbeat(2));
	}

	@Test
	void aBatchWithoutContentTypeIsTakenAsCbor() throws Exception {
		assertThat(post(Map.of(), HandMadeStream.frame(FrameFormat.CBOR, heartbeat(1))).statusCode()).isEqualTo(204);
		assertThat(this.handler.received()).containsExactly(heartbeat(1));
	}

	static Stream<Arguments> wrongHeaders() {
		return Stream.of(Arguments.of("OmniPaxos-Cluster", "another", 403), Arguments.of("OmniPaxos-From", "9", 403),
				Arguments.of("OmniPaxos-From", "1", 403), Arguments.of("OmniPaxos-To", "3", 421),
				Arguments.of("OmniPaxos-Configuration", "2", 409), Arguments.of("OmniPaxos-Protocol", "2", 400),
				Arguments.of("OmniPaxos-Members", "1,2 2/2", 409),
				Arguments.of("OmniPaxos-Members", "1,2,3,4 3/3", 409),
				Arguments.of("OmniPaxos-Members", "1,2,3 3/1", 409), Arguments.of("OmniPaxos-Members", " ", 400),
				Arguments.of("OmniPaxos-From", "two", 400), Arguments.of("OmniPaxos-From", "-2", 400),
				Arguments.of("OmniPaxos-From", "99999999999999999999", 400),
				Arguments.of("OmniPaxos-Configuration", "2147483648", 400), Arguments.of("OmniPaxos-Storage", " ", 400),
				Arguments.of("OmniPaxos-Stream", "0", 400), Arguments.of("Content-Type", "text/plain", 415));
	}

	@ParameterizedTest
	@MethodSource("wrongHeaders")
	void aStreamThatOpensWronglyIsRefusedWithAReason(String header, String value, int status) throws Exception {
		HttpResponse<String> answer = post(Map.of(header, value), HandMadeStream.frame(FrameFormat.CBOR, heartbeat(1)));

		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(answer.body()).contains("\"detail\":\"", "\"action\":\"");
		assertNothingButServes();
	}

	@ParameterizedTest
	@MethodSource("wrongHeaders")
	void whoAsksIsToldTheSame(String header, String value, int status) throws Exception {
		if (!header.equals("Content-Type")) {
			HttpRequest question = request(Map.of(header, value)).GET().build();
			assertThat(this.http.send(question, BodyHandlers.ofString()).statusCode()).isEqualTo(status);
		}
	}

	@Test
	void whoAsksMayOpenAStream() throws Exception {
		HttpRequest question = request(Map.of()).GET().build();
		assertThat(this.http.send(question, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
	}

	@Test
	void aNodeOfAClusterOfOthersIsToldWhatDiffers() throws Exception {
		HttpResponse<String> answer = post(Map.of("OmniPaxos-Members", "1,2,3,4 3/3"), new byte[0]);

		assertThat(answer.body()).contains(
				"This node has the members and quorums 1,2,3 2/2, and the sender 1,2,3,4 3/3",
				"'omnipaxos.cluster.nodes'", "'omnipaxos.cluster.flexible-quorum'");
	}

	@Test
	void membersAreWrittenInALimitedLength() throws Exception {
		assertThat(post(Map.of("OmniPaxos-Members", "1".repeat(2_048)), new byte[0]).statusCode()).isEqualTo(409);
		assertThat(post(Map.of("OmniPaxos-Members", "1".repeat(2_049)), new byte[0]).statusCode()).isEqualTo(400);
	}

	@Test
	void aStreamWithoutHeadersIsRefused() throws Exception {
		HttpRequest request = HttpRequest.newBuilder(this.node.uri()).POST(BodyPublishers.noBody()).build();
		assertThat(this.http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
	}

	@ParameterizedTest
	@EnumSource
	void aMalformedFrameIsRefused(FrameFormat format) throws Exception {
		byte[] garbage = ByteBuffer.allocate(104).putInt(100).array();
		assertThat(post(Map.of("Content-Type", format.mediaType()), garbage).statusCode()).isEqualTo(400);
		assertNothingButServes();
	}

	@Test
	void aTruncatedFrameIsRefused() throws Exception {
		byte[] frame = HandMadeStream.frame(FrameFormat.CBOR, heartbeat(1));
		assertThat(post(Map.of(), Arrays.copyOf(frame, frame.length - 1)).statusCode()).isEqualTo(400);
		assertNothingButServes();
	}

	@Test
	void aFrameOverTheLimitIsRefusedBeforeItIsThere() throws Exception {
		byte[] header = ByteBuffer.allocate(8).putInt((32 << 20) + 1).array();
		try (HandMadeStream stream = HandMadeStream.open(this.node.uri(), HandMadeStream.headers(this.number++))) {
			assertThat(stream.send(header).status()).isEqualTo(413);
		}
		assertNothingButServes();
	}

	@Test
	void jsonSentAsCborIsRefused() throws Exception {
		byte[] json = HandMadeStream.frame(FrameFormat.JSON, heartbeat(1));
		assertThat(post(Map.of("Content-Type", "application/cbor"), json).statusCode()).isEqualTo(400);
		assertNothingButServes();
	}

	@Test
	void aMessageInTheNameOfAnotherNodeIsRefused() throws Exception {
		Envelope foreign = new Envelope(new NodeId(3), new NodeId(1), 1, heartbeat(1).message());
		assertThat(post(Map.of(), HandMadeStream.frame(FrameFormat.CBOR, foreign)).statusCode()).isEqualTo(403);
		assertNothingButServes();
	}

	@Test
	void aNodeThatDoesNotRunAsksToComeBackLater() throws Exception {
		this.node.transport.close();
		HttpResponse<String> answer = post(Map.of(), new byte[0]);
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
	}

	private void assertNothingButServes() throws IOException, InterruptedException {
		assertThat(this.handler.received()).isEmpty();
		assertThat(post(Map.of(), HandMadeStream.frame(FrameFormat.CBOR, heartbeat(7))).statusCode()).isEqualTo(204);
		assertThat(this.handler.received()).containsExactly(heartbeat(7));
	}

	private HttpResponse<String> post(Map<String, String> changed, byte[] body)
			throws IOException, InterruptedException {
		return this.http.send(request(changed).POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(Map<String, String> changed) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.node.uri());
		HandMadeStream.headers(this.number++).forEach(request::setHeader);
		changed.forEach(request::setHeader);
		return request;
	}

	private static Envelope heartbeat(long round) {
		return TestNode.heartbeat(2, 1, round);
	}

}
