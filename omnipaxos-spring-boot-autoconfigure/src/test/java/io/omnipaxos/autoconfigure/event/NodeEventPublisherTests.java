package io.omnipaxos.autoconfigure.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.core.Notice;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners hear everything in order, and neither their slowness nor their failures reach
 * the log's thread.
 */
class NodeEventPublisherTests {

	private static final Ballot BALLOT = new Ballot(1, 2, 0, new NodeId(3));

	private final List<Object> heard = new CopyOnWriteArrayList<>();

	private final CountDownLatch release = new CountDownLatch(1);

	private final NodeEventPublisher publisher = new NodeEventPublisher(this::publish);

	private volatile boolean held;

	private void publish(Object event) {
		if (this.held) {
			try {
				this.release.await(20, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		this.heard.add(event);
		if (event instanceof ReplicaFailedEvent) {
			throw new IllegalStateException("A listener fails");
		}
	}

	@AfterEach
	void stop() {
		this.release.countDown();
		this.publisher.destroy();
	}

	@Test
	void everyNoticeBecomesAnEvent() {
		Exception cause = new IllegalStateException("gone");
		ClusterConfig next = ClusterConfig.of(2, 1, 2);
		Entry.StopSign stopSign = new Entry.StopSign(new ProposalId(new NodeId(1), 1, 1), next, Payload.EMPTY);

		this.publisher.replicaFailed("a", cause);
		this.publisher.leaderChanged("a", new Notice.LeaderChanged(null, BALLOT));
		this.publisher.configurationStopped("b", new Notice.Stopped(7, stopSign));
		this.publisher.catchUpImpossible("c", new Notice.CatchUpImpossible(1, 5));

		Awaitility.await()
			.untilAsserted(() -> assertThat(this.heard).containsExactly(new ReplicaFailedEvent("a", cause),
					new LeaderChangedEvent("a", null, BALLOT),
					new ConfigurationStoppedEvent("b", 7, next, Payload.EMPTY), new CatchUpImpossibleEvent("c", 1, 5)));
	}

	@Test
	void aListenerThatWaitsHoldsUpNobodyElse() {
		this.held = true;
		for (int i = 0; i < 5_000; i++) {
			this.publisher.leaderChanged("a", new Notice.LeaderChanged(new NodeId(3), BALLOT));
		}
		assertThat(this.heard).isEmpty();

		this.release.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(this.heard).hasSizeBetween(1_000, 1_001));
	}

}
