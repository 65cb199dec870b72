package io.omnipaxos.autoconfigure.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.NodeId;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Peer streams ask nothing of a servlet container that is particular to Tomcat. */
class OtherServerTests {

	private final RecordingHandler one = new RecordingHandler();

	private final RecordingHandler two = new RecordingHandler();

	private final Map<NodeId, Integer> ports = TestNode.freePorts(1, 2, 3);

	@Test
	void messagesTravelOverJetty() throws Exception {
		try (TestNode first = start(1, this.one); TestNode second = start(2, this.two)) {
			patiently().untilAsserted(() -> assertThat(this.one.connected()).containsExactly(second.pid));
			patiently().untilAsserted(() -> assertThat(this.two.connected()).containsExactly(first.pid));
			List<Envelope> there = LongStream.rangeClosed(1, 1_000).mapToObj((round) -> first.to(2, round)).toList();
			List<Envelope> back = LongStream.rangeClosed(1, 1_000).mapToObj((round) -> second.to(1, round)).toList();

			first.transport.send(TestNode.LOG, there);
			second.transport.send(TestNode.LOG, back);

			patiently().untilAsserted(() -> assertThat(this.two.received()).isEqualTo(there));
			patiently().untilAsserted(() -> assertThat(this.one.received()).isEqualTo(back));

			second.transport.close();
			patiently().untilAsserted(
					() -> assertThat(first.transport.connections().get(second.pid).detail()).contains("503"));
		}
	}

	private TestNode start(long pid, RecordingHandler handler) {
		return new TestNode(pid, TestNode.settings(), this.ports, JettyServletWebServerFactory::new).start(handler);
	}

	private static ConditionFactory patiently() {
		return Awaitility.await().atMost(Duration.ofSeconds(20));
	}

}
