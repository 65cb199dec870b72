package io.omnipaxos.autoconfigure.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.omnipaxos.core.model.NodeId;
import org.apache.coyote.AbstractProtocol;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of connections that say nothing, or too little: the peers' streams go on, new
 * ones open, no thread is kept, and the web server lets all of them go.
 */
class SlowStrangersTests {

	/** Few, so that whatever keeps them is felt. */
	private static final int REQUEST_THREADS = 10;

	private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);

	private static final HttpTransportSecurity LOCKED = new HttpTransportSecurity(
			List.of("a secret that only the nodes know"), Duration.ofMinutes(1), null, List.of());

	private final RecordingHandler one = new RecordingHandler();

	private final RecordingHandler two = new RecordingHandler();

	private final Map<NodeId, Integer> ports = TestNode.freePorts(1, 2, 3);

	private AbstractProtocol<?> protocol;

	private TestNode node;

	@AfterEach
	void stopNode() {
		this.node.close();
	}

	@Test
	void connectionsThatAreHalfOpenAreLetGo() throws Exception {
		start(LOCKED);
		try (TestNode peer = peer(LOCKED); Strangers strangers = new Strangers(this.node.uri())) {
			exchange(peer, 1);

			strangers.open(1_000, "").open(500, "GET /omni").open(500, head("GET", "OmniPaxos-From: 2\r\n"));

			exchange(peer, 2);
			reconnect(peer);
			exchange(peer, 3);
			assertThat(threads("omnipaxos-from-peer")).isLessThanOrEqualTo(4);
			patiently().untilAsserted(() -> assertThat(strangers.stillOpen()).isZero());
			exchange(peer, 4);
		}
	}

	/** Without a lock anybody may speak for a peer; even so, there is a bound. */
	@Test
	void silentStreamsAreBoundedAndLetGo() throws Exception {
		start(HttpTransportSecurity.NONE);
		try (Strangers strangers = new Strangers(this.node.uri())) {
			for (int number = 1; number <= 5 * REQUEST_THREADS; number++) {
				strangers.open(1, head("POST", headers(number)) + "\r\n");
			}

			patiently().until(() -> strangers.stillOpen() <= 8);
			assertThat(threads("omnipaxos-from-peer")).isLessThanOrEqualTo(9);
			patiently().untilAsserted(() -> assertThat(strangers.stillOpen()).isZero());
		}
		try (TestNode peer = peer(HttpTransportSecurity.NONE)) {
			exchange(peer, 1);
		}
	}

	private void start(HttpTransportSecurity security) {
		this.node = new TestNode(1, TestNode.settings(), security, this.ports, this::server).start(this.one);
	}

	private TomcatServletWebServerFactory server(int port) {
		TomcatServletWebServerFactory factory = TestNode.tomcat(port);
		factory.addProtocolHandlerCustomizers((handler) -> {
			this.protocol = (AbstractProtocol<?>) handler;
			this.protocol.setMinSpareThreads(REQUEST_THREADS);
			this.protocol.setMaxThreads(REQUEST_THREADS);
			this.protocol.setConnectionTimeout((int) CONNECTION_TIMEOUT.toMillis());
		});
		return factory;
	}

	private TestNode peer(HttpTransportSecurity security) {
		return new TestNode(2, TestNode.settings(), security, this.ports, TestNode::tomcat).start("storage-of-2",
				this.two);
	}

	/** A peer that restarts has to get through, which needs a request thread. */
	private void reconnect(TestNode peer) {
		peer.transport.close();
		peer.start("storage-of-2", this.two);
	}

	/** As real peers do, these say something again and again, and what is lost again. */
	private void exchange(TestNode peer, int round) {
		patiently().until(() -> {
			peer.transport.send(TestNode.LOG, List.of(peer.to(1, round)));
			this.node.transport.send(TestNode.LOG, List.of(this.node.to(2, round)));
			return this.one.received().contains(peer.to(1, round))
					&& this.two.received().contains(this.node.to(2, round));
		});
	}

	private static long threads(String name) {
		return Thread.getAllStackTraces().keySet().stream().filter((thread) -> thread.getName().equals(name)).count();
	}

	private static String headers(long number) {
		return HandMadeStream.headers(number)
			.entrySet()
			.stream()
			.map((header) -> "%s: %s\r\n".formatted(header.getKey(), header.getValue()))
			.collect(Collectors.joining());
	}

	private static String head(String method, String headers) {
		return "%s %s HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n%s".formatted(method, TestNode.PATH,
				headers);
	}

	private static ConditionFactory patiently() {
		return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
	}

}
