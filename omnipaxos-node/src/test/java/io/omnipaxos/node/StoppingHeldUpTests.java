package io.omnipaxos.node;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.omnipaxos.core.model.NodeId;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.node.TestCluster.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A node stops although something does not.
 */
class StoppingHeldUpTests {

	private static final NodeId N1 = new NodeId(1);

	private static final Duration MOMENT = Duration.ofMillis(50);

	private final FaultyStorageFactory storage = new FaultyStorageFactory();

	private final CompletableFuture<Void> stopped = new CompletableFuture<>();

	/** As one does that ends the process, which stops the node on another thread. */
	@Test
	void aListenerThatHearsOfAFailureMayWaitForTheNodeToStop() {
		TestCluster cluster = TestCluster.of(1).with(N1, this.storage);
		cluster.with(new NodeListener() {

			@Override
			public void replicaFailed(String log, Throwable cause) {
				stopElsewhere(cluster);
			}

		});
		cluster.start();
		resultOf(cluster.log(N1).append("stored"));
		this.storage.failWrites("disk full");
		cluster.log(N1).append("lost");
		resultOf(this.stopped);
		assertThat(this.storage.open()).isEmpty();
	}

	@Test
	void aCallbackOfAFailedAppendMayWaitForTheNodeToStop() {
		TestCluster cluster = TestCluster.of(1).with(N1, this.storage).start();
		resultOf(cluster.log(N1).append("stored"));
		this.storage.writes().hold();
		cluster.log(N1).append("lost").whenComplete((appended, failure) -> stopElsewhere(cluster));
		await().until(this.storage.writes()::isHolding);
		this.storage.failWrites("disk full");
		this.storage.writes().release();
		resultOf(this.stopped);
		assertThat(this.storage.open()).isEmpty();
	}

	private void stopElsewhere(TestCluster cluster) {
		CompletableFuture.runAsync(cluster.node(N1)::close).join();
		this.stopped.complete(null);
	}

	@Test
	void aWriteThatHangsIsLeftBehindAndItsStorageClosedWhenItReturns() {
		Replica replica = replica();
		this.storage.writes().hold();
		try {
			replica.start();
			await().until(this.storage.writes()::isHolding);
			stopForAMoment(replica);
			assertThat(this.storage.open()).containsExactly("texts");
		}
		finally {
			this.storage.writes().release();
		}
		await().until(this.storage.open()::isEmpty);
	}

	@Test
	void aReadThatHangsIsLeftBehindAndItsStorageClosedWhenItReturns() {
		Replica replica = replica();
		this.storage.reads().hold();
		try {
			replica.start();
			// On a thread of its own: where there are two cores, Java 25 has one for all.
			CompletableFuture<?> reading = CompletableFuture.runAsync(() -> replica.view().entries(0, 1, 1),
					(task) -> DaemonThread.of(task, "reader").start());
			await().until(this.storage.reads()::isHolding);
			stopForAMoment(replica);
			assertThat(reading).isNotDone();
			assertThat(this.storage.open()).containsExactly("texts");
		}
		finally {
			this.storage.reads().release();
		}
		await().until(this.storage.open()::isEmpty);
	}

	/** On another thread, as this one may be let through where it waits. */
	private static void stopForAMoment(Replica replica) {
		resultOf(CompletableFuture.runAsync(() -> new ReplicaStops(MOMENT).stop(Map.of("texts", replica))));
	}

	@Test
	void whatHoldsAnEndUpIsNamed() {
		Replica replica = replica();
		this.storage.writes().hold();
		try {
			replica.start();
			await().until(this.storage.writes()::isHolding);
			Exception holdUp = replica.stop().holdUp();
			assertThat(holdUp).hasMessageContaining("omnipaxos-texts-1");
			assertThat(holdUp.getStackTrace()).anyMatch((place) -> place.getMethodName().equals("write"));
		}
		finally {
			this.storage.writes().release();
		}
	}

	@Test
	void aReplicaThatWasNotStartedIsStopped() {
		new ReplicaStops(Duration.ofMinutes(1)).stop(Map.of("texts", replica()));
		assertThat(this.storage.open()).isEmpty();
	}

	private Replica replica() {
		OmniPaxosConfig config = TestCluster.of(1).build(N1).config();
		return new Replica(config, this.storage.open("texts"), null, new Outbound("texts", new NoTransport()),
				new ReplicaEvents("texts", List.of(), new ForgetfulTrim(this.storage.storageId(), 1)),
				new Pulse(Pulse.tolerance(config, Duration.ofMillis(5))));
	}

}
