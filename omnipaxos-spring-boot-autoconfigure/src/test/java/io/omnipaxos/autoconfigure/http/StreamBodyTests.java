package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;

import io.omnipaxos.node.wire.FrameFormat;
import org.apache.coyote.http11.Http11Nio2Protocol;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who reads a stream waits at its connection. Where the web server does not let it, the
 * stream is read all the same.
 */
class StreamBodyTests {

	@Test
	void theReaderWaitsAtTheConnection() throws IOException {
		try (ConfigurableApplicationContext application = StreamApplication.onTomcat();
				HandMadeStream stream = HandMadeStream.open(uri(application), HandMadeStream.headers(1))) {
			Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10)).until(() -> {
				stream.send(frame(1));
				return Thread.getAllStackTraces().values().stream().anyMatch(StreamBodyTests::waitsAtTheConnection);
			});
		}
	}

	@Test
	void aStreamWithoutATomcatConnectorOfOursIsRead() throws IOException {
		RecordingHandler handler = new RecordingHandler();
		try (TestNode node = new TestNode(1, TestNode.settings(), TestNode.freePorts(1, 2, 3), (port) -> {
			TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(port);
			factory.setProtocol(Http11Nio2Protocol.class.getName());
			new TomcatCustomizer().customize(factory);
			return factory;
		}).start(handler); HandMadeStream stream = HandMadeStream.open(node.uri(), HandMadeStream.headers(1))) {
			assertThat(stream.send(frame(1)).end().status()).isEqualTo(204);
			assertThat(handler.received()).hasSize(1);
		}
	}

	/** Bytes come rarely: the web server waits for them, as the reader gives up to. */
	@Test
	void aStreamThatIsSilentForLongIsReadToItsEnd() throws IOException {
		RecordingHandler handler = new RecordingHandler();
		try (TestNode node = new TestNode(1, TestNode.settings(), TestNode.freePorts(1, 2, 3)).start(handler);
				HandMadeStream stream = HandMadeStream.open(node.uri(), HandMadeStream.headers(1))) {
			for (int round = 1; round <= 3; round++) {
				awaitReader(StreamBodyTests::waitsForTheWebServer);
				stream.send(frame(round));
				int received = round;
				Awaitility.await()
					.atMost(Duration.ofSeconds(20))
					.untilAsserted(() -> assertThat(handler.received()).hasSize(received));
			}
			assertThat(stream.end().status()).isEqualTo(204);
		}
	}

	/** Its peer has lost its power, say: nothing comes, not even the end. */
	@Test
	void aStreamThatItsPeerNeverEndsIsLeftByANodeThatStops() throws IOException {
		try (TestNode node = new TestNode(1, TestNode.settings(), TestNode.freePorts(1, 2, 3))
			.start(new RecordingHandler());
				HandMadeStream stream = HandMadeStream.open(node.uri(), HandMadeStream.headers(1))) {
			awaitReader(StreamBodyTests::waitsForTheWebServer);
			node.transport.close();
			stream.awaitEnd();
		}
	}

	private static void awaitReader(Predicate<Map.Entry<Thread, StackTraceElement[]>> waiting) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(10))
			.until(() -> Thread.getAllStackTraces().entrySet().stream().anyMatch(waiting));
	}

	private static boolean waitsAtTheConnection(StackTraceElement[] stack) {
		return isIn(stack, "sun.nio.ch.SelectorImpl", "select") && isIn(stack, StreamBody.class.getName(), "await");
	}

	private static boolean waitsForTheWebServer(Map.Entry<Thread, StackTraceElement[]> thread) {
		return thread.getKey().getState() == Thread.State.TIMED_WAITING
				&& isIn(thread.getValue(), StreamBody.class.getName(), "read")
				&& isIn(thread.getValue(), "java.lang.Object", "wait");
	}

	private static boolean isIn(StackTraceElement[] stack, String type, String method) {
		return Arrays.stream(stack)
			.anyMatch((frame) -> frame.getClassName().equals(type) && frame.getMethodName().equals(method));
	}

	private static byte[] frame(long round) throws IOException {
		return HandMadeStream.frame(FrameFormat.CBOR, TestNode.heartbeat(2, 1, round));
	}

	private static URI uri(ConfigurableApplicationContext application) {
		int port = ((ServletWebServerApplicationContext) application).getWebServer().getPort();
		return URI.create("http://127.0.0.1:%d%s".formatted(port, TestNode.PATH));
	}

}
