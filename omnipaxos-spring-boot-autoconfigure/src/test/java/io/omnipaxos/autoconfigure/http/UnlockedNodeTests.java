package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import io.omnipaxos.core.model.NodeId;
import org.awaitility.Awaitility;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where all peers have loopback addresses and there is no lock, streams come from this
 * machine. A web server listens to others as well, unless it is told not to; here it says
 * of each connection that it came in at an address that others reach.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnlockedNodeTests {

	private static final NodeId ONE = new NodeId(1);

	private static final InetSocketAddress REACHED_BY_OTHERS = new InetSocketAddress("192.0.2.7", 8080);

	private final HttpClient client = HttpClient.newHttpClient();

	@Test
	void takesNoStreamOfAnotherMachine(CapturedOutput output) {
		RecordingHandler one = new RecordingHandler();
		Map<NodeId, Integer> ports = TestNode.freePorts(1, 2, 3);
		try (TestNode first = new TestNode(1, TestNode.settings(), ports, UnlockedNodeTests::reachedByOthers)
			.start(one); TestNode second = new TestNode(2, TestNode.settings(), ports).start(new RecordingHandler())) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(second.transport.connections().get(ONE).detail())
					.startsWith("refused the stream: status 403, This node has no secret, and so takes streams from its"
							+ " own machine only. Set 'omnipaxos.transport.secret' to the same secret on every node"));

			assertThat(first.transport.connections().get(second.pid).bytesReceived()).isZero();
			assertThat(output).containsOnlyOnce("Somebody at 127.0.0.1 is kept out. This node has no secret");
		}
	}

	/** Whoever does not ask first is refused all the same. */
	@Test
	void takesNoStreamThatWasNotAskedFor() throws Exception {
		Map<NodeId, Integer> ports = TestNode.freePorts(1, 2, 3);
		RecordingHandler one = new RecordingHandler();
		try (TestNode first = new TestNode(1, TestNode.settings(), ports, UnlockedNodeTests::reachedByOthers)
			.start(one); HandMadeStream stream = HandMadeStream.open(first.uri(), HandMadeStream.headers(1))) {
			assertThat(stream.status()).isEqualTo(403);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "native", "framework" })
	void isNotTakenInByWhatAHeaderSays(String strategy) throws Exception {
		try (ConfigurableApplicationContext application = run(OpenToAll.class, strategy)) {
			HttpResponse<String> answer = ask(application, "Forwarded", "for=127.0.0.1;by=127.0.0.1", "X-Forwarded-For",
					"127.0.0.1");

			assertThat(answer.statusCode()).isEqualTo(403);
			assertThat(answer.body()).contains("'omnipaxos.transport.secret'");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "native", "framework" })
	void takesNoStreamThatAProxyOnThisMachineHandsOn(String strategy) throws Exception {
		try (ConfigurableApplicationContext application = StreamApplication
			.onTomcat("server.forward-headers-strategy=" + strategy)) {
			assertThat(ask(application).statusCode()).isEqualTo(204);
			assertThatSecurityKeepsOut(ask(application, "X-Forwarded-For", "192.0.2.9"));
		}
	}

	@Test
	void springSecurityKeepsOutWhatComesFromAnotherMachine() throws Exception {
		try (ConfigurableApplicationContext application = run(ReachedByOthers.class, "none")) {
			assertThatSecurityKeepsOut(ask(application));
		}
	}

	private static void assertThatSecurityKeepsOut(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
	}

	private HttpResponse<String> ask(ConfigurableApplicationContext application, String... more)
			throws IOException, InterruptedException {
		int port = ((ServletWebServerApplicationContext) application).getWebServer().getPort();
		HttpRequest.Builder question = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + port + "/omnipaxos/stream"));
		HandMadeStream.headers(1).forEach(question::setHeader);
		for (int i = 0; i < more.length; i += 2) {
			question.header(more[i], more[i + 1]);
		}
		return this.client.send(question.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static ConfigurableApplicationContext run(Class<?> application, String strategy) {
		return StreamApplication.onJetty(application, "server.forward-headers-strategy=" + strategy);
	}

	private static ConfigurableServletWebServerFactory reachedByOthers(int port) {
		JettyServletWebServerFactory factory = new JettyServletWebServerFactory(port);
		new ReachedByOthers().reachedByOthers().customize(factory);
		return factory;
	}

	@EnableAutoConfiguration
	@Configuration(proxyBeanMethods = false)
	static class ReachedByOthers {

		@Bean
		WebServerFactoryCustomizer<JettyServletWebServerFactory> reachedByOthers() {
			return (factory) -> factory.addServerCustomizers((server) -> configurations(server)
				.forEach((configuration) -> configuration.setLocalAddress(REACHED_BY_OTHERS)));
		}

		private static Stream<HttpConfiguration> configurations(Server server) {
			return Stream.of(server.getConnectors())
				.flatMap((connector) -> connector.getConnectionFactories().stream())
				.filter(HttpConfiguration.ConnectionFactory.class::isInstance)
				.map((factory) -> ((HttpConfiguration.ConnectionFactory) factory).getHttpConfiguration());
		}

	}

	/** Lets everything pass, so that the node itself has to keep strangers out. */
	static class OpenToAll extends ReachedByOthers {

		@Bean
		SecurityFilterChain everything(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
		}

	}

}
