package io.omnipaxos.node;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;

import io.omnipaxos.core.Notice;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.node.TestCluster.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * A node comes and goes without harm to those who use it.
 */
class StoppingTests {

	private static final NodeId N1 = new NodeId(1);

	@Test
	void aLeaderHandsOverBeforeItStops() {
		try (TestCluster cluster = TestCluster.of(3).start()) {
			NodeId leader = cluster.leader();
			resultOf(cluster.log(leader).append("before"));
			List<CompletableFuture<Appended>> underWay = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				underWay.add(cluster.log(leader).append("entry " + i));
			}
			long start = System.nanoTime();
			cluster.node(leader).stop(Duration.ofSeconds(20));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));

			underWay.forEach((append) -> assertThat(resultOf(append).isIndexKnown()).isTrue());
			assertThat(cluster.log(leader).status().role().leads()).isFalse();
			List<NodeId> rest = cluster.allBut(leader);
			assertThat(resultOf(cluster.log(rest.get(0)).append("after")).index()).isEqualTo(101);
		}
	}

	@Test
	void appendsAreRefusedAsSoonAsANodeStops() {
		try (TestCluster cluster = TestCluster.of(3)) {
			cluster.start(N1);
			ReplicatedLog<String> log = cluster.log(N1);
			CompletableFuture<Appended> pending = log.append("nobody decides this");
			await().until(() -> log.status().pending() == 1);
			cluster.node(N1).stop(Duration.ZERO);
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(pending::get)
				.withCauseInstanceOf(OutcomeUnknownException.class);
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(log.append("later")::get)
				.withCauseInstanceOf(ReplicaStoppedException.class);
		}
	}

	/**
	 * A leader that goes while readers wait for it, and a listener that takes its time.
	 */
	@Test
	void readsThatAreUnderWayAreAnsweredBeforeANodeStops() throws InterruptedException {
		try (TestCluster cluster = TestCluster.of(3).start()) {
			NodeId leader = cluster.leader();
			List<String> applied = new CopyOnWriteArrayList<>();
			CountDownLatch mayApply = new CountDownLatch(1);
			Subscription subscription = cluster.log(leader).follow(0, (entry) -> {
				awaitUninterrupted(mayApply);
				applied.add(entry.toString());
			});
			resultOf(cluster.log(leader).append("before"));
			CompletableFuture<Integer> read = subscription.read(applied::size);
			CompletableFuture<Long> barrier = cluster.log(leader).readBarrier();

			Thread stopping = new Thread(() -> cluster.node(leader).stop(Duration.ofSeconds(20)));
			stopping.start();
			await().until(() -> cluster.log(leader).readBarrier().isCompletedExceptionally());
			assertThat(read).isNotDone();
			mayApply.countDown();

			assertThat(resultOf(barrier)).isOne();
			assertThat(resultOf(read)).isOne();
			stopping.join();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(cluster.log(leader).readBarrier()::get)
				.withCauseInstanceOf(ReplicaStoppedException.class);
		}
	}

	@Test
	void aNodeThatIsAloneDoesNotWaitForOthers() {
		try (TestCluster cluster = TestCluster.of(3)) {
			cluster.start(N1);
			cluster.log(N1).append("nobody decides this");
			long start = System.nanoTime();
			cluster.node(N1).stop(Duration.ofSeconds(30));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
		}
	}

	/** The thread would wait for itself for ever. */
	@Test
	void aNodeIsNotStoppedOnAThreadThatItEnds() {
		CompletableFuture<Throwable> refusal = new CompletableFuture<>();
		TestCluster cluster = TestCluster.of(1);
		cluster.with(new NodeListener() {

			@Override
			public void leaderChanged(String log, Notice.LeaderChanged change) {
				refusal.complete(catchThrowable(cluster.node(N1)::close));
			}

		});
		try (cluster) {
			cluster.start();
			assertThat(resultOf(refusal)).isInstanceOf(IllegalStateException.class).hasMessageContaining("thread");
			resultOf(cluster.log(N1).append("goes on"));
		}
	}

	@Test
	void whatCannotBeClosedKeepsNothingElseOpen() {
		FaultyStorageFactory storage = new FaultyStorageFactory();
		OmniPaxosNode node = OmniPaxosNode.builder(TestCluster.of(1).build(N1).config())
			.storage(storage)
			.transport(new BrokenTransport())
			.log(TestCluster.TEXTS)
			.build();
		node.start();
		assertThat(storage.open()).containsExactly("texts");

		node.close();

		assertThat(storage.open()).isEmpty();
		assertThatExceptionOfType(ReplicaStoppedException.class).isThrownBy(() -> node.log(TestCluster.TEXTS).read(0));
	}

	@Test
	void aReplicaThatFailsKeepsItsNodeFromStoppingNoLonger() {
		FaultyStorageFactory storage = new FaultyStorageFactory();
		try (TestCluster cluster = TestCluster.of(1).with(N1, storage).start()) {
			resultOf(cluster.log(N1).append("leading"));
			storage.writes().hold();
			cluster.log(N1).append("under way");
			await().until(storage.writes()::isHolding);
			CompletableFuture<Void> stopping = CompletableFuture
				.runAsync(() -> cluster.node(N1).stop(Duration.ofMinutes(10)));
			await().until(() -> cluster.log(N1).readBarrier().isCompletedExceptionally());

			storage.failWrites("disk full");
			storage.writes().release();

			resultOf(stopping);
		}
	}

	@Test
	void aNodeMayWaitForOthersForEver() {
		try (TestCluster cluster = TestCluster.of(1).start()) {
			resultOf(cluster.log(N1).append("decided"));
			cluster.node(N1).stop(ChronoUnit.FOREVER.getDuration());
			assertThatExceptionOfType(ReplicaStoppedException.class).isThrownBy(() -> cluster.log(N1).read(0));
		}
	}

	@Test
	void aNodeWhoseSchedulerIsShutDownIsLeftWithNothingRunning() {
		FaultyStorageFactory storage = new FaultyStorageFactory();
		ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
		scheduler.shutdown();
		OmniPaxosNode node = OmniPaxosNode.builder(TestCluster.of(1).build(N1).config())
			.storage(storage)
			.scheduler(scheduler)
			.log(TestCluster.TEXTS)
			.build();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(node::start);
		assertThat(storage.open()).isEmpty();
	}

	@Test
	void aNodeIsStartedAndStoppedOnce() {
		try (TestCluster cluster = TestCluster.of(1).start()) {
			OmniPaxosNode node = cluster.node(N1);
			assertThatIllegalStateException().isThrownBy(node::start);
			node.close();
			node.close();
			assertThatIllegalStateException().isThrownBy(node::start);
		}
	}

	@Test
	void aNodeThatIsClosedBeforeItWasStartedEndsItsSubscriptions() {
		OmniPaxosNode node = TestCluster.of(1).build(N1);
		CompletableFuture<Long> waiting = node.log(TestCluster.TEXTS).follow(0, (entry) -> {
		}).reached(1);
		node.close();
		assertThat(waiting).isCompletedExceptionally();
		assertThatIllegalStateException().isThrownBy(node::start);
	}

	@Test
	void aClusterNeedsATransport() {
		OmniPaxosNode node = OmniPaxosNode.builder(TestCluster.of(3).build(N1).config())
			.storage(new MemoryStorageFactory("data", 0))
			.log(TestCluster.TEXTS)
			.build();
		assertThatIllegalStateException().isThrownBy(node::start).withMessageContaining("transport");
	}

	@Test
	void noThreadIsLeftBehind() {
		TestCluster cluster = TestCluster.of(3).start();
		cluster.log(N1).follow(0, (entry) -> {
		});
		resultOf(cluster.log(N1).append("a"));
		cluster.close();
		await().until(() -> Thread.getAllStackTraces()
			.keySet()
			.stream()
			.noneMatch((thread) -> thread.getName().startsWith("omnipaxos-")));
	}

	@Test
	void theLogsOfANodeAreKnownByName() {
		OmniPaxosNode node = TestCluster.of(1).build(N1);
		assertThat(node.logs()).extracting(ReplicatedLog::name).containsExactly("texts");
		EntryType<String> unknown = TestCluster.TEXTS.named("unknown");
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> node.log(unknown))
			.withMessageContaining("texts");
		OmniPaxosNode.Builder builder = OmniPaxosNode.builder(node.config()).log(unknown);
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> builder.log(unknown));
	}

	@Test
	void statusIsThereAtAnyTime() {
		try (TestCluster cluster = TestCluster.of(3)) {
			OmniPaxosNode node = cluster.build(N1);
			assertThat(node.log(TestCluster.TEXTS).status().leader()).isNull();
			assertThat(node.log(TestCluster.TEXTS).indexes().accepted()).isZero();
			cluster.start();
			NodeId leader = cluster.leader();
			await().until(() -> cluster.log(leader).status().connectivity().writeQuorum());
			assertThat(cluster.log(leader).status().peers()).hasSize(2);
			assertThat(cluster.node(leader).transport().connections()).hasSize(2)
				.allSatisfy((peer, connection) -> assertThat(connection.connected()).isTrue());
		}
	}

	@Test
	void aLinkThatIsCutIsSeen() {
		try (TestCluster cluster = TestCluster.of(3).start()) {
			cluster.leader();
			NodeId peer = new NodeId(2);
			cluster.network().cut(N1, peer);
			assertThat(cluster.node(N1).transport().connections().get(peer).connected()).isFalse();
			assertThat(cluster.node(peer).transport().connections().get(N1).connected()).isTrue();
			cluster.network().heal(N1, peer);
			assertThat(cluster.node(N1).transport().connections().get(peer).connected()).isTrue();
		}
	}

	@Test
	void aConfigurationMustHoldItsNode() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(
					() -> new OmniPaxosConfig(ClusterConfig.of(1, 2, 3), TestCluster.of(1).build(N1).config().server()))
			.withMessageContaining("not among the nodes");
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Can't be closed. */
	private static final class BrokenTransport implements Transport {

		@Override
		public void start(LocalNode self, TransportHandler handler) {
		}

		@Override
		public void send(String log, List<Envelope> messages) {
		}

		@Override
		public Map<NodeId, PeerConnection> connections() {
			return Map.of();
		}

		@Override
		public void close() {
			throw new IllegalStateException("broken");
		}

	}

}
