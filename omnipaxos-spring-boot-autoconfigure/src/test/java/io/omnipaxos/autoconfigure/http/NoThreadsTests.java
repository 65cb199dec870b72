package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.Transport.LocalNode;
import io.omnipaxos.node.wire.FrameCodec;
import io.omnipaxos.node.wire.FrameFormat;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.core.StandardContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** A machine that has no more threads to give takes a stream again when it has. */
class NoThreadsTests {

	private static final NodeId TWO = new NodeId(2);

	private static final FrameCodec CODEC = new FrameCodec(FrameFormat.CBOR, 1 << 20);

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

	private final ExecutorService readers = Executors.newCachedThreadPool(NoThreadsTests::noThread);

	private final IncomingStreams streams = streams();

	private TomcatWebServer server;

	@BeforeEach
	void startServer() throws IOException {
		TomcatServletWebServerFactory factory = TestNode.tomcat(0);
		factory.setAddress(InetAddress.getByName("127.0.0.1"));
		this.server = (TomcatWebServer) factory
			.getWebServer(new ServletRegistrationBean<>(new StreamServlet(), TestNode.PATH)::onStartup);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop();
		this.server.destroy();
		this.readers.shutdownNow();
		this.executor.shutdownNow();
	}

	@Test
	void aStreamThatNobodyCanReadIsOverAndItsPeerIsTold() throws Exception {
		URI uri = URI.create("http://127.0.0.1:%d%s".formatted(this.server.getPort(), TestNode.PATH));
		for (int number = 1; number <= 8; number++) {
			try (HandMadeStream stream = HandMadeStream.open(uri, HandMadeStream.headers(number))) {
				assertThat(stream.status()).isEqualTo(500);
			}
		}

		StreamOpening next = StreamOpening.read(HandMadeStream.headers(9)::get);
		assertThatNoException().as("none of them counts as open").isThrownBy(() -> this.streams.check(next));
		StandardContext context = (StandardContext) this.server.getTomcat().getHost().findChildren()[0];
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(context.getInProgressAsyncCount()).isZero());
	}

	/**
	 * As a thread fails to start, which the pool of Java 25 does not ask it to itself.
	 */
	private static Thread noThread(Runnable task) {
		throw new OutOfMemoryError("unable to create native thread");
	}

	private IncomingStreams streams() {
		LocalNode self = TestNode.local(new NodeId(1));
		PeerRecognition recognition = new PeerRecognition(self.peerStorageIds());
		URI nowhere = URI.create("http://127.0.0.1:1");
		PeerHttp http = new PeerHttp(Duration.ofSeconds(1), HttpTransportSecurity.NONE,
				PeerCertificates.of(Map.of(TWO, nowhere), List.of()));
		RecordingHandler handler = new RecordingHandler();
		PeerLink link = new PeerLink(new StreamClient(http, self, TWO, recognition, nowhere, Duration.ofSeconds(1)),
				CODEC, TestNode.settings(), this.executor, new Contact(TWO, handler));
		return new IncomingStreams(self, recognition, handler, Map.of(TWO, link), this.readers);
	}

	/** Takes streams as {@link PeerStreamServlet} does. */
	private final class StreamServlet extends HttpServlet {

		private static final long serialVersionUID = 1L;

		@Override
		protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
			StreamRefusedException reason = StreamEnding.reason(request);
			if (reason != null) {
				StreamEnding.tell(reason, request, response);
				return;
			}
			try {
				IncomingStream stream = NoThreadsTests.this.streams.begin(StreamOpening.read(request::getHeader));
				new StreamReading(NoThreadsTests.this.streams, stream, CODEC)
					.begin(StreamCompletion.of(request.startAsync()));
			}
			catch (StreamRefusedException ex) {
				StreamProblem.write(ex, response);
			}
		}

	}

}
