package io.omnipaxos.autoconfigure.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import io.omnipaxos.core.model.NodeId;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes that speak TLS know each other by their certificates: both ways, and each for the
 * pid that it says it has.
 */
@ExtendWith(OutputCaptureExtension.class)
class PeerCertificateTests {

	private static final NodeId ONE = new NodeId(1);

	private static final NodeId TWO = new NodeId(2);

	@TempDir
	private static Path directory;

	private static TestAuthority authority;

	private static TestAuthority stranger;

	private static Path keysOfOne;

	private static Path keysOfTwo;

	private final RecordingHandler one = new RecordingHandler();

	private final RecordingHandler two = new RecordingHandler();

	private final Map<NodeId, Integer> ports = TestNode.freePorts(1, 2, 3);

	@BeforeAll
	static void issueCertificates() {
		authority = new TestAuthority(directory, "authority");
		stranger = new TestAuthority(directory, "stranger");
		keysOfOne = authority.issue("kv-1");
		keysOfTwo = authority.issue("kv-2");
	}

	@ParameterizedTest
	@EnumSource
	void nodesWithTheirOwnCertificatesAreConnected(Server server) {
		try (TestNode first = node(1, keysOfOne, server, this.one);
				TestNode second = node(2, keysOfTwo, server, this.two)) {
			patiently().untilAsserted(() -> assertThat(this.one.connected()).containsExactly(TWO));
			patiently().untilAsserted(() -> assertThat(this.two.connected()).containsExactly(ONE));

			first.transport.send(TestNode.LOG, List.of(first.to(2, 1)));
			second.transport.send(TestNode.LOG, List.of(second.to(1, 2)));

			patiently().untilAsserted(() -> assertThat(this.two.received()).containsExactly(first.to(2, 1)));
			patiently().untilAsserted(() -> assertThat(this.one.received()).containsExactly(second.to(1, 2)));
		}
	}

	@Test
	void aNodeWithTheCertificateOfAnotherIsNotBelieved() {
		try (TestNode first = node(1, keysOfOne, Server.TOMCAT, this.one);
				TestNode second = node(2, authority.issue("kv-3"), Server.TOMCAT, this.two)) {
			patiently().untilAsserted(() -> assertThat(detail(second, ONE))
				.startsWith("refused the stream: status 403, The certificate that n2 shows is of [kv-3, 127.0.0.1], and"
						+ " not of [kv-2]. Give it a certificate of its own")
				.contains("'omnipaxos.transport.ssl.peer-names'"));
			patiently().untilAsserted(() -> assertThat(detail(first, TWO))
				.startsWith("is not spoken to: The certificate that n2 shows is of [kv-3, 127.0.0.1]"));
		}
		assertNobodyMet();
	}

	@Test
	void aNodeWithACertificateOfAnotherAuthorityIsNotConnected(CapturedOutput output) {
		Path keys = stranger.issue("kv-2");
		try (TestNode first = node(1, keysOfOne, Server.TOMCAT, this.one);
				TestNode second = node(2, stranger.bundle(keys), tls(keys, stranger), this.two)) {
			patiently().untilAsserted(
					() -> assertThat(detail(first, TWO)).contains("unable to find valid certification path"));
			patiently().untilAsserted(() -> assertThat(detail(second, ONE)).startsWith("cannot be reached: "));
			patiently().untilAsserted(
					() -> assertThat(output.getOut()).containsPattern("WARN .*n2 at https\\S+ cannot be reached"));
		}
		assertNobodyMet();
	}

	/** It trusts the right authority, and knows nobody's secret. */
	@ParameterizedTest
	@EnumSource
	void aSenderOfAnotherAuthorityIsNotHeard(Server server) {
		try (TestNode first = node(1, keysOfOne, server, this.one);
				TestNode second = node(2, authority.bundle(stranger.issue("kv-2-" + server)), tls(keysOfTwo, authority),
						this.two)) {
			patiently()
				.untilAsserted(() -> assertThat(detail(second, ONE)).matches("cannot be reached: .*|.*status 401.*"));
			assertThat(first.transport.connections().get(TWO).bytesReceived()).isZero();
		}
		assertThat(this.two.connected()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void aSenderWithoutACertificateIsNotHeard(Server server) throws Exception {
		try (TestNode first = node(1, keysOfOne, server, this.one)) {
			HttpClient client = HttpClient.newBuilder()
				.sslContext(authority.bundleWithoutKey().createSslContext())
				.build();
			HttpRequest.Builder question = HttpRequest
				.newBuilder(URI.create(first.uri().toString().replace("http:", "https:")));
			HandMadeStream.headers(1).forEach(question::setHeader);

			HttpResponse<String> answer = client.send(question.build(), BodyHandlers.ofString());

			assertThat(answer.statusCode()).isEqualTo(401);
			assertThat(answer.body()).contains("n2 shows no certificate", "'server.ssl.client-auth'");
			assertThat(answer.headers().firstValue("OmniPaxos-Storage")).isEmpty();
		}
	}

	@Test
	void aCertificateThatHasExpiredIsWorthNothing() {
		Path keys = authority.issue("kv-2-old", "-startdate", "-10d", "-validity", "1");
		try (TestNode first = node(1, keysOfOne, Server.TOMCAT, this.one);
				TestNode second = node(2, keys, Server.TOMCAT, this.two)) {
			patiently().untilAsserted(() -> assertThat(detail(first, TWO)).contains("validity check failed"));
			patiently().untilAsserted(() -> assertThat(detail(second, ONE)).startsWith("cannot be reached: "));
		}
		assertNobodyMet();
	}

	@Test
	void whoSpeaksPlainHttpIsNotHeard() throws Exception {
		try (TestNode first = node(1, keysOfOne, Server.TOMCAT, this.one);
				HandMadeStream stream = HandMadeStream.open(first.uri(), HandMadeStream.headers(1))) {
			assertThat(stream.status()).isEqualTo(400);
			assertThat(first.transport.connections().get(TWO).bytesReceived()).isZero();
		}
	}

	@Test
	void keysAreChangedWhileTheNodeRuns() {
		SslBundle next = authority.bundle(authority.issue("kv-1"));
		try (TestNode first = node(1, keysOfOne, Server.TOMCAT, this.one);
				TestNode second = node(2, authority.bundle(authority.issue("kv-9")), tls(keysOfTwo, authority),
						this.two)) {
			patiently().untilAsserted(() -> assertThat(detail(second, ONE)).contains("status 403"));

			second.transport.renew(authority.bundle(keysOfTwo));

			patiently().untilAsserted(() -> assertThat(this.two.connected()).containsExactly(ONE));
			patiently().untilAsserted(() -> assertThat(this.one.connected()).containsExactly(TWO));
			first.transport.renew(next);
			patiently().untilAsserted(() -> assertThat(this.one.connected()).containsExactly(TWO, TWO));
		}
	}

	private void assertNobodyMet() {
		assertThat(this.one.connected()).isEmpty();
		assertThat(this.two.connected()).isEmpty();
	}

	private TestNode node(long pid, Path keys, Server server, RecordingHandler handler) {
		return node(pid, authority.bundle(keys), (port) -> server.with(port, authority.server(keys)), handler);
	}

	private TestNode node(long pid, SslBundle bundle, IntFunction<ConfigurableServletWebServerFactory> server,
			RecordingHandler handler) {
		HttpTransportSecurity security = new HttpTransportSecurity(List.of(), Duration.ofMinutes(1), bundle,
				List.of("kv-{pid}"));
		return new TestNode(pid, settings(), security, this.ports, server).start(handler);
	}

	/**
	 * There are no logs here, so that streams may be silent for as long as a test takes.
	 */
	private static HttpTransportSettings settings() {
		HttpTransportSettings usual = TestNode.settings();
		return new HttpTransportSettings(usual.path(), usual.maxFrameBytes(), usual.connectTimeout(),
				usual.answerTimeout(), Duration.ofMinutes(1), usual.minBackoff(), usual.maxBackoff(),
				usual.closeTimeout(), usual.maxQueuedMessages(), usual.maxQueuedBytes());
	}

	private static IntFunction<ConfigurableServletWebServerFactory> tls(Path keys, TestAuthority trusted) {
		return (port) -> Server.TOMCAT.with(port, trusted.server(keys));
	}

	private static String detail(TestNode of, NodeId peer) {
		return of.transport.connections().get(peer).detail();
	}

	private static ConditionFactory patiently() {
		return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
	}

	enum Server {

		TOMCAT, JETTY;

		ConfigurableServletWebServerFactory with(int port, Ssl ssl) {
			ConfigurableServletWebServerFactory factory = (this == TOMCAT) ? TestNode.tomcat(port)
					: new JettyServletWebServerFactory(port);
			factory.setSsl(ssl);
			return factory;
		}

	}

}
