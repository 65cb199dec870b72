package io.omnipaxos.autoconfigure.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.ObservationPredicate;
import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peer streams are no requests of the application's, and none of its meters shows them.
 */
class StreamObservationTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "/kv" })
	void theMeterOfRequestsShowsNoStream(String contextPath) throws Exception {
		try (ConfigurableApplicationContext application = StreamApplication
			.onTomcat("server.servlet.context-path=" + contextPath)) {
			int port = ((ServletWebServerApplicationContext) application).getWebServer().getPort();
			URI root = URI.create("http://127.0.0.1:" + port + contextPath + "/");
			URI streams = root.resolve("omnipaxos/stream");
			HttpRequest.Builder question = HttpRequest.newBuilder(streams);
			HandMadeStream.headers(1).forEach(question::setHeader);

			assertThat(status(question)).isEqualTo(204);
			try (HandMadeStream stream = HandMadeStream.open(streams, HandMadeStream.headers(2))) {
				assertThat(stream.end().status()).isEqualTo(204);
			}
			assertThat(status(HttpRequest.newBuilder(root.resolve("omnipaxos/stream/")))).isEqualTo(401);
			assertThat(status(HttpRequest.newBuilder(root))).isEqualTo(401);

			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(requests(application)).isEqualTo(2));
		}
	}

	@Test
	void nodesWorkWhereNothingIsObserved() {
		WebApplicationContextRunner alone = new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(OmniPaxosAutoConfiguration.class,
					OmniPaxosHttpTransportAutoConfiguration.class, OmniPaxosHttpObservationAutoConfiguration.class))
			.withPropertyValues("omnipaxos.server.pid=1", "omnipaxos.cluster.nodes=1");

		alone.run((context) -> assertThat(context).hasSingleBean(ObservationPredicate.class));
		alone.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(HttpTransport.class)
				.doesNotHaveBean("omniPaxosStreamObservationPredicate"));
	}

	private static int status(HttpRequest.Builder request) throws Exception {
		return HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding()).statusCode();
	}

	private static long requests(ConfigurableApplicationContext application) {
		return application.getBean(MeterRegistry.class)
			.find("http.server.requests")
			.timers()
			.stream()
			.mapToLong(Timer::count)
			.sum();
	}

}
