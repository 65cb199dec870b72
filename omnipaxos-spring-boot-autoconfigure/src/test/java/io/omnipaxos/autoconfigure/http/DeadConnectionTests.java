package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.omnipaxos.core.model.NodeId;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection can lead nowhere without either end being told. Whoever hears nothing has
 * the peer open its stream anew, which itself hears everything and suspects nothing.
 */
class DeadConnectionTests {

	private static final NodeId ONE = new NodeId(1);

	private static final NodeId TWO = new NodeId(2);

	private final RecordingHandler one = new RecordingHandler();

	private final RecordingHandler two = new RecordingHandler();

	private final Map<NodeId, Integer> ports = TestNode.freePorts(1, 2, 3);

	private final AtomicLong round = new AtomicLong();

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

	@AfterEach
	void stopClock() {
		this.clock.shutdownNow();
	}

	@Test
	void aStreamThatLeadsNowhereIsOpenedAnewByItsSender() throws IOException {
		try (Relay toOne = new Relay(this.ports.get(ONE))) {
			Map<NodeId, Integer> throughRelay = new HashMap<>(this.ports);
			throughRelay.put(ONE, toOne.port());
			try (TestNode first = new TestNode(1, settings(), this.ports).start(this.one);
					TestNode second = new TestNode(2, settings(), throughRelay).start(this.two)) {
				this.clock.scheduleWithFixedDelay(() -> {
					first.transport.send(TestNode.LOG, List.of(first.to(2, this.round.get())));
					second.transport.send(TestNode.LOG, List.of(second.to(1, this.round.get())));
				}, 0, 20, TimeUnit.MILLISECONDS);
				patiently().untilAsserted(() -> assertThat(this.one.received()).isNotEmpty());
				patiently().untilAsserted(() -> assertThat(this.two.received()).isNotEmpty());

				toOne.swallow();
				this.round.set(1);

				patiently().untilAsserted(() -> assertThat(this.one.disconnected()).contains(TWO));
				patiently().untilAsserted(() -> assertThat(this.one.received()).contains(second.to(1, 1)));
				patiently().untilAsserted(() -> assertThat(this.two.received()).contains(first.to(2, 1)));
			}
		}
	}

	private static HttpTransportSettings settings() {
		HttpTransportSettings like = TestNode.settings();
		return new HttpTransportSettings(like.path(), like.maxFrameBytes(), like.connectTimeout(), like.answerTimeout(),
				Duration.ofSeconds(1), like.minBackoff(), like.maxBackoff(), Duration.ofMillis(200),
				like.maxQueuedMessages(), like.maxQueuedBytes());
	}

	private static ConditionFactory patiently() {
		return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
	}

}
