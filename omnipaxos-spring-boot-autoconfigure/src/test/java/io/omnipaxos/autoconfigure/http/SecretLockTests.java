package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.node.wire.FrameFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node that has a secret takes a stream only from somebody who proves, now and to this
 * node, that it knows the secret; and tells strangers nothing.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretLockTests {

	private static final String SECRET = "the first secret of the cluster..";

	private static final String SECOND = "the second secret of the cluster.";

	private static final IntFunction<ConfigurableServletWebServerFactory> TOMCAT = TestNode::tomcat;

	private final RecordingHandler handler = new RecordingHandler();

	private final HttpClient http = HttpClient.newHttpClient();

	private TestNode node;

	private long number = 1;

	@BeforeEach
	void startNode() {
		HttpTransportSecurity security = new HttpTransportSecurity(List.of(SECRET, SECOND), Duration.ofMinutes(1), null,
				List.of());
		this.node = new TestNode(1, TestNode.settings(), security, TestNode.freePorts(1, 2, 3), TOMCAT);
		this.node.start(this.handler);
	}

	@AfterEach
	void stopNode() {
		this.node.close();
	}

	@ParameterizedTest
	@CsvSource({ SECRET, SECOND })
	void aSenderThatKnowsTheSecretIsTakenAndProvenTheSame(String secret) throws Exception {
		Map<String, String> headers = headers(secret);

		HttpResponse<String> answer = ask(headers);

		assertThat(answer.statusCode()).isEqualTo(204);
		assertThat(header(answer, "Proof"))
			.isEqualTo(HandMadeProof.answer(secret, headers, header(answer, "Challenge"), header(answer, "Storage")));
		assertThat(open(secret, headers, answer)).isEqualTo(204);
		assertThat(this.handler.received()).containsExactly(heartbeat());
	}

	/** None of this is known to a stranger: not even which of his claims are wrong. */
	@ParameterizedTest
	@CsvSource({ "Cluster, another", "From, 9", "To, 3", "Configuration, 2", "Members, 1", "Storage, other",
			"Stream, 77" })
	void aStrangerIsToldNothing(String name, String value, CapturedOutput output) throws Exception {
		Map<String, String> headers = headers("a secret that somebody has guessed");
		headers.put("OmniPaxos-" + name, value);

		HttpResponse<String> answer = ask(headers);

		assertRefused(answer, 401, "The sender does not know the secret of this node");
		assertThat(answer.headers().firstValue("OmniPaxos-Storage")).isEmpty();
		assertThat(output).contains("Somebody at 127.0.0.1 is kept out");
	}

	@ParameterizedTest
	@CsvSource({ "Cluster, another", "From, 3", "To, 3", "Configuration, 2", "Members, 1", "Storage, other",
			"Stream, 77", "Time, 1234567890123", "Nonce, AAAAAAAAAAAAAAAAAAAAAAAA", "Proof, AAAA" })
	void aProofCoversEverythingThatIsSaid(String name, String value) throws Exception {
		Map<String, String> headers = headers(SECRET);
		headers.put("OmniPaxos-" + name, value);
		assertRefused(ask(headers), 401, "does not know the secret");

		Map<String, String> genuine = headers(SECRET);
		HttpResponse<String> answer = ask(genuine);
		Map<String, String> proven = provenStream(SECRET, genuine, answer);
		proven.put("OmniPaxos-" + name, value);
		assertThat(post(proven)).isEqualTo(401);
		assertThat(this.handler.received()).isEmpty();
	}

	@Test
	void aProofCoversTheContentType() throws Exception {
		Map<String, String> headers = headers(SECRET);
		HttpResponse<String> answer = ask(headers);
		Map<String, String> proven = provenStream(SECRET, headers, answer);
		proven.put("Content-Type", "application/json");

		assertThat(post(proven)).isEqualTo(401);
	}

	@Test
	void aStreamWithoutAProofIsRefused() throws Exception {
		assertThat(post(HandMadeStream.headers(this.number++))).isEqualTo(401);
		assertThat(this.handler.received()).isEmpty();
	}

	@Test
	void aStreamWithoutAQuestionIsRefused() throws Exception {
		Map<String, String> headers = headers(SECRET);
		headers.put("OmniPaxos-Challenge", StreamSecret.nonce());
		headers.put("OmniPaxos-Proof", HandMadeProof.stream(SECRET, headers, headers.get("OmniPaxos-Challenge"),
				"storage-n1", "application/cbor"));

		assertThat(post(headers)).isEqualTo(401);
	}

	@Test
	void nothingIsTakenTwice() throws Exception {
		Map<String, String> headers = headers(SECRET);
		HttpResponse<String> answer = ask(headers);
		assertThat(open(SECRET, headers, answer)).isEqualTo(204);

		assertRefused(ask(headers), 409, "This question was asked before");
		assertThat(open(SECRET, headers, answer)).isEqualTo(401);
		assertThat(this.handler.received()).hasSize(1);
	}

	/** Else it would speak for a second process of that node. */
	@Test
	void whoRepeatsAQuestionIsRefusedForThatAndNothingElse() throws Exception {
		Map<String, String> repeated = headers(SECRET);
		ask(repeated);
		Map<String, String> late = HandMadeStream.headers(this.number++);
		prove(SECRET, late, System.currentTimeMillis() - 90_000);
		Map<String, String> newer = headers(SECRET);
		try (HandMadeStream stream = HandMadeStream.open(this.node.uri(), provenStream(SECRET, newer, ask(newer)))) {
			stream.send(HandMadeStream.frame(FrameFormat.CBOR, heartbeat()));
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(this.handler.received()).hasSize(1));

			assertRefused(ask(repeated), 409, "This question was asked before");
			assertRefused(ask(late), 403, "The clocks of n2 and n1 differ");
		}
	}

	/** A peer that is configured wrongly must not use up what the right one may ask. */
	@Test
	void aQuestionThatIsRefusedIsNotRemembered() throws Exception {
		Map<String, String> headers = HandMadeStream.headers(this.number++);
		headers.put("OmniPaxos-Cluster", "another");
		prove(SECRET, headers, System.currentTimeMillis());

		assertRefused(ask(headers), 403, "This node belongs to another cluster");
		assertRefused(ask(headers), 403, "This node belongs to another cluster");
	}

	@Test
	void whatWasSaidBeforeARestartIsWorthNothingAfterIt() throws Exception {
		Map<String, String> headers = headers(SECRET);
		HttpResponse<String> answer = ask(headers);
		this.node.transport.close();
		this.node.start(this.handler);

		assertThat(open(SECRET, headers, answer)).isEqualTo(401);
	}

	/** What this node says can't be said to it: not its question, not its answer. */
	@Test
	void aNodeDoesNotBelieveItsOwnProofs() throws Exception {
		Map<String, String> own = headers(SECRET);
		own.put("OmniPaxos-From", "1");
		own.put("OmniPaxos-To", "2");
		own.put("OmniPaxos-Proof", HandMadeProof.question(SECRET, own));
		assertThat(ask(own).statusCode()).isEqualTo(421);

		Map<String, String> headers = headers(SECRET);
		HttpResponse<String> answer = ask(headers);
		headers.put("OmniPaxos-Challenge", header(answer, "Challenge"));
		headers.put("OmniPaxos-Proof", header(answer, "Proof"));
		assertThat(post(headers)).isEqualTo(401);
		assertRefused(ask(headers), 401, "does not know the secret");
	}

	@ParameterizedTest
	@CsvSource({ "-90000, PT1M30S or so", "90000, PT1M30S or so", "3599000, PT1H or so", "-3601000, PT1H or so" })
	void aClockThatIsOffIsNamed(long millis, String skew) throws Exception {
		Map<String, String> headers = HandMadeStream.headers(this.number++);
		prove(SECRET, headers, System.currentTimeMillis() + millis);

		HttpResponse<String> answer = ask(headers);

		assertRefused(answer, 403, "The clocks of n2 and n1 differ by " + skew);
		assertThat(answer.body()).contains("at most PT1M are allowed", "by NTP best",
				"'omnipaxos.transport.max-clock-skew'");
	}

	/** Otherwise it would take memory for whoever knows the secret and has gone mad. */
	@Test
	void aPeerThatAsksAndAsksIsAskedToWait() throws Exception {
		int status = 204;
		int questions = 0;
		while (status == 204) {
			status = ask(headers(SECRET)).statusCode();
			questions++;
		}
		assertThat(status).isEqualTo(429);
		assertThat(questions).isEqualTo(1_001);
	}

	private Map<String, String> headers(String secret) {
		Map<String, String> headers = HandMadeStream.headers(this.number++);
		prove(secret, headers, System.currentTimeMillis());
		return headers;
	}

	private static void prove(String secret, Map<String, String> headers, long time) {
		headers.put("OmniPaxos-Time", Long.toString(time));
		headers.put("OmniPaxos-Nonce", StreamSecret.nonce());
		headers.put("OmniPaxos-Proof", HandMadeProof.question(secret, headers));
	}

	private int open(String secret, Map<String, String> headers, HttpResponse<String> answer)
			throws IOException, InterruptedException {
		return post(provenStream(secret, headers, answer));
	}

	private static Map<String, String> provenStream(String secret, Map<String, String> headers,
			HttpResponse<String> answer) {
		Map<String, String> proven = new HashMap<>(headers);
		proven.put("OmniPaxos-Challenge", header(answer, "Challenge"));
		proven.put("OmniPaxos-Proof", HandMadeProof.stream(secret, headers, header(answer, "Challenge"),
				header(answer, "Storage"), "application/cbor"));
		return proven;
	}

	private HttpResponse<String> ask(Map<String, String> headers) throws IOException, InterruptedException {
		return this.http.send(request(headers).GET().build(), BodyHandlers.ofString());
	}

	private int post(Map<String, String> headers) throws IOException, InterruptedException {
		byte[] body = HandMadeStream.frame(FrameFormat.CBOR, heartbeat());
		return this.http.send(request(headers).POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString())
			.statusCode();
	}

	private HttpRequest.Builder request(Map<String, String> headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.node.uri());
		headers.forEach(request::setHeader);
		return request;
	}

	private static String header(HttpResponse<String> answer, String name) {
		return answer.headers().firstValue("OmniPaxos-" + name).orElseThrow();
	}

	private static void assertRefused(HttpResponse<String> answer, int status, String reason) {
		assertThat(answer.body()).contains(reason);
		assertThat(answer.statusCode()).isEqualTo(status);
	}

	private static Envelope heartbeat() {
		return TestNode.heartbeat(2, 1, 1);
	}

}
