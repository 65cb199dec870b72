package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever is refused is told so, and let go, though the body of the request has no end.
 * There are many more of them than request threads, and the web server would wait a
 * minute for each to go on.
 */
class RefusedStreamsTests {

	private static final String PATH = "/omnipaxos/stream";

	private static final int STRANGERS = 300;

	private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";

	private static ConfigurableApplicationContext tomcat;

	private ConfigurableApplicationContext application = tomcat;

	@BeforeAll
	static void startTomcat() {
		tomcat = StreamApplication.onTomcat("server.tomcat.threads.max=4");
	}

	@AfterAll
	static void stopTomcat() {
		tomcat.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST %s HTTP/1.1\r\nHost: localhost\r\n" + CHUNKED,
			"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nhello",
			"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n" + CHUNKED,
			"GET %s HTTP/1.1\r\nHost: localhost\r\n" + CHUNKED, "PUT %s HTTP/1.1\r\nHost: localhost\r\n" + CHUNKED })
	void streamsThatAreRefusedKeepNoThread(String request) throws Exception {
		assertThatStrangersAreLetGo(request.formatted(PATH));
	}

	@Test
	void streamsOfAnotherClusterKeepNoThread() throws Exception {
		String headers = HandMadeStream.headers(1)
			.entrySet()
			.stream()
			.map((header) -> "%s: %s\r\n".formatted(header.getKey(), header.getValue()))
			.collect(Collectors.joining());

		assertThatStrangersAreLetGo("POST %s HTTP/1.1\r\nHost: localhost\r\n%s%s".formatted(PATH,
				headers.replace("Cluster: kv", "Cluster: other"), CHUNKED));
	}

	@Test
	void streamsThatAreRefusedKeepNoThreadOfJetty() throws Exception {
		try (ConfigurableApplicationContext jetty = StreamApplication.onJetty("server.jetty.threads.max=8")) {
			this.application = jetty;

			assertThatStrangersAreLetGo("POST %s HTTP/1.1\r\nHost: localhost\r\n%s".formatted(PATH, CHUNKED));
		}
	}

	@Test
	void streamsThatAreRefusedInTheMiddleKeepNoThread() throws Exception {
		List<HandMadeStream> streams = new ArrayList<>();
		try {
			for (int number = 1; number <= 20; number++) {
				HandMadeStream stream = HandMadeStream.open(uri(PATH), HandMadeStream.headers(number));
				streams.add(stream);
				assertThat(stream.send(ByteBuffer.allocate(104).putInt(100).array()).status()).isEqualTo(400);
			}
			for (HandMadeStream stream : streams) {
				stream.awaitEnd();
			}
			assertThatSomebodyElseIsServed();
		}
		finally {
			for (HandMadeStream stream : streams) {
				stream.close();
			}
		}
	}

	private void assertThatStrangersAreLetGo(String request) throws Exception {
		try (Strangers strangers = new Strangers(uri("/"))) {
			strangers.open(STRANGERS, request);

			assertThatSomebodyElseIsServed();
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(strangers.stillOpen()).isZero());
			assertThat(strangers.answers()).hasSize(STRANGERS)
				.allSatisfy((answer) -> assertThat(answer).startsWith("HTTP/1.1 4")
					.contains("Connection: close", "Peer stream refused", "\"action\":\"")
					.endsWith("}"));
		}
	}

	private void assertThatSomebodyElseIsServed() throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(uri("/")).timeout(Duration.ofSeconds(20)).build();
		HttpResponse<Void> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
		assertThat(answer.statusCode()).isEqualTo(401);
	}

	private URI uri(String path) {
		int port = ((ServletWebServerApplicationContext) this.application).getWebServer().getPort();
		return URI.create("http://127.0.0.1:" + port + path);
	}

}
