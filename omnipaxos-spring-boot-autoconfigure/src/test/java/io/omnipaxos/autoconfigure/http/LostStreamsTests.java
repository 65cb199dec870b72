package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;

import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.CoyoteAdapter;
import org.apache.catalina.core.StandardContext;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stream whose connection is lost is over for the web server too. One that it took for
 * open would hold up every graceful shutdown, for as long as that may take.
 */
class LostStreamsTests {

	private static final int STREAMS = 10;

	private static final byte[] NOT_A_FRAME = ByteBuffer.allocate(104).putInt(100).array();

	private static ConfigurableApplicationContext application;

	private static volatile boolean lingering;

	private static long number;

	@BeforeAll
	static void start() {
		application = StreamApplication.onTomcat();
		Connector connector = server().getTomcat().getConnector();
		connector.getProtocolHandler().setAdapter(new LingeringAdapter(connector));
	}

	@AfterEach
	void turnAtOnce() {
		lingering = false;
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void streamsThatAreResetAreOver() throws IOException {
		for (int i = 0; i < STREAMS; i++) {
			try (HandMadeStream stream = open()) {
				awaitOpen(1);
				stream.reset();
			}
			awaitOpen(0);
		}
	}

	@Test
	void streamsThatEndInTheMiddleAreOver() throws IOException {
		endStreamsInTheMiddle();
	}

	@Test
	void streamsThatAreLostWhileTheWebServerTurnsFromTheirRequestAreOver() throws IOException {
		lingering = true;
		endStreamsInTheMiddle();
	}

	@Test
	void streamsThatAreRefusedAndResetAreOver() throws IOException {
		for (int i = 0; i < STREAMS; i++) {
			try (HandMadeStream stream = open()) {
				stream.send(NOT_A_FRAME).reset();
			}
		}
		open().send(NOT_A_FRAME).awaitEnd();
		awaitOpen(0);
	}

	@Test
	void streamsThatAreLostWhileTheyAreAnsweredDoNotSpoilThoseAfterThem() throws IOException {
		for (int i = 0; i < 4; i++) {
			open().send(NOT_A_FRAME).reset();
		}
		for (int i = 0; i < 4; i++) {
			try (HandMadeStream stream = open()) {
				assertThat(stream.send(NOT_A_FRAME).status()).isEqualTo(400);
			}
		}
		awaitOpen(0);
	}

	@Test
	void streamsThatAreResetWhenTheyHaveBeenRefusedAreOver() throws IOException {
		for (int i = 0; i < STREAMS; i++) {
			try (HandMadeStream stream = open()) {
				assertThat(stream.send(NOT_A_FRAME).status()).isEqualTo(400);
				stream.reset();
			}
		}
		awaitOpen(0);
	}

	private static void endStreamsInTheMiddle() throws IOException {
		for (int i = 0; i < STREAMS; i++) {
			HandMadeStream stream = open();
			awaitOpen(1);
			stream.close();
			awaitOpen(0);
		}
	}

	private static HandMadeStream open() throws IOException {
		URI uri = URI.create("http://127.0.0.1:%d/omnipaxos/stream".formatted(server().getPort()));
		return HandMadeStream.open(uri, HandMadeStream.headers(++number));
	}

	private static void awaitOpen(long requests) {
		StandardContext context = (StandardContext) server().getTomcat().getHost().findChildren()[0];
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(10))
			.untilAsserted(() -> assertThat(context.getInProgressAsyncCount()).isEqualTo(requests));
	}

	private static TomcatWebServer server() {
		return (TomcatWebServer) ((ServletWebServerApplicationContext) application).getWebServer();
	}

	/** Turns from the request of a stream when its connection is lost, if told so. */
	private static final class LingeringAdapter extends CoyoteAdapter {

		private LingeringAdapter(Connector connector) {
			super(connector);
		}

		@Override
		public void service(Request request, Response response) throws Exception {
			super.service(request, response);
			if (lingering) {
				Awaitility.await().atMost(Duration.ofSeconds(20)).until(response::isError);
			}
		}

	}

}
