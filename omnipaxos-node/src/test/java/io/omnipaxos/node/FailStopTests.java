package io.omnipaxos.node;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.omnipaxos.core.Limits;
import io.omnipaxos.core.Notice;
import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageUnavailableException;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.node.TestCluster.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A replica whose storage fails stops and says why; the others and the other logs go on.
 */
class FailStopTests {

	private static final NodeId N1 = new NodeId(1);

	private static final NodeId N2 = new NodeId(2);

	private static final NodeId N3 = new NodeId(3);

	private static final StorageUnavailableException AWAY = new StorageUnavailableException("no connection to be had",
			null);

	private static final UnaryOperator<ServerConfig> NOTHING_CACHED = (server) -> server
		.withLimits(new Limits(1000, 100_000, 2000, 1000, 100_000, 0));

	private final FaultyStorageFactory storage = new FaultyStorageFactory();

	@Test
	void aStorageThatFailsStopsItsReplica() {
		Queue<String> failed = new ConcurrentLinkedQueue<>();
		NodeListener listener = new NodeListener() {

			@Override
			public void replicaFailed(String log, Throwable cause) {
				failed.add(log + ": " + cause.getMessage());
			}

		};
		try (TestCluster cluster = TestCluster.of(1).with(N1, this.storage).with(listener).start()) {
			ReplicatedLog<String> log = cluster.log(N1);
			resultOf(log.append("stored"));
			Subscription subscription = log.follow(0, (entry) -> {
			});
			CompletableFuture<Long> waiting = log.awaitDecided(5);

			this.storage.failWrites("disk full");
			assertFailed(log.append("lost"), OutcomeUnknownException.class);
			assertFailed(log.awaitDecided(1), ReplicaStoppedException.class);
			await().until(() -> !failed.isEmpty());
			assertThat(failed).containsExactly("texts: disk full");
			assertThat(cluster.node(N1).failure("texts")).isInstanceOf(StorageException.class).hasMessage("disk full");
			assertFailed(waiting, ReplicaStoppedException.class);
			assertFailed(log.append("later"), ReplicaStoppedException.class);
			assertFailed(log.readBarrier(), ReplicaStoppedException.class);
			assertThatExceptionOfType(ReplicaStoppedException.class).isThrownBy(() -> log.read(0))
				.withMessageContaining("disk full");
			assertThat(subscription.failure()).get().isInstanceOf(ReplicaStoppedException.class);
		}
	}

	@Test
	void everyAppendThatAFailedReplicaRefusesIsCounted() {
		try (TestCluster cluster = TestCluster.of(1).with(N1, this.storage).start()) {
			ReplicatedLog<String> log = cluster.log(N1);
			resultOf(log.append("stored"));
			this.storage.writes().hold();
			log.append("under way");
			await().until(this.storage.writes()::isHolding);
			CompletableFuture<Appended> waiting = log.append("waiting");
			CompletableFuture<List<Appended>> allWaiting = log.appendAll(List.of("waiting", "too"));
			this.storage.failWrites("disk full");
			this.storage.writes().release();
			assertFailed(waiting, ReplicaStoppedException.class);
			assertFailed(allWaiting, ReplicaStoppedException.class);
			long before = cluster.node(N1).metrics("texts").refused();
			assertThat(before).isGreaterThanOrEqualTo(3);

			assertFailed(log.append("later"), ReplicaStoppedException.class);
			assertFailed(log.appendAll(List.of("later", "too")), ReplicaStoppedException.class);
			assertThat(cluster.node(N1).metrics("texts").refused()).isEqualTo(before + 3);
		}
	}

	@Test
	void theOtherLogsOfTheNodeGoOn() {
		EntryType<String> other = TestCluster.TEXTS.named("other");
		OmniPaxosConfig config = TestCluster.of(1).build(N1).config();
		try (OmniPaxosNode node = OmniPaxosNode.builder(config)
			.storage(this.storage)
			.log(TestCluster.TEXTS)
			.log(other)
			.build()) {
			node.start();
			resultOf(node.log(TestCluster.TEXTS).append("a"));
			this.storage.failWritesOf("texts", "disk full");
			assertFailed(node.log(TestCluster.TEXTS).append("b"), OutcomeUnknownException.class);
			assertThat(resultOf(node.log(other).append("c")).index()).isZero();
			assertThat(node.failure("other")).isNull();
		}
	}

	@Test
	void theOtherNodesGoOnAndTheFailedOneRecoversWhenItIsRestarted() {
		try (TestCluster cluster = TestCluster.of(3).with(N1, this.storage).start()) {
			resultOf(cluster.log(N2).append("before"));
			this.storage.failWrites("disk full");
			resultOf(cluster.log(N2).append("during"));
			await().until(() -> cluster.node(N1).failure("texts") != null);

			this.storage.heal();
			cluster.kill(N1);
			cluster.start(N1);
			assertThat(resultOf(cluster.log(N1).append("after")).index()).isEqualTo(2);
			resultOf(cluster.log(N2).awaitDecided(3));
			assertThat(cluster.log(N1).readDecidedSuffix(0)).isEqualTo(cluster.log(N2).readDecidedSuffix(0));
		}
	}

	@Test
	void aReadThatFailsReachesTheReaderAlone() {
		try (TestCluster cluster = TestCluster.of(1).with(N1, this.storage).start()) {
			ReplicatedLog<String> log = cluster.log(N1);
			resultOf(log.append("a"));
			this.storage.failReads(new StorageException("bad sector", null));
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> log.read(0));
			this.storage.heal();
			assertThat(log.read(0)).isPresent();
		}
	}

	@Test
	void aStorageThatIsAwayForAWhileEndsNoSubscription() {
		try (TestCluster cluster = TestCluster.of(1).with(N1, this.storage).start()) {
			ReplicatedLog<String> log = cluster.log(N1);
			resultOf(log.append("a"));
			this.storage.failReads(AWAY);
			Subscription subscription = log.follow(0, (entry) -> {
			});
			await().until(() -> this.storage.failedReads() > 0);
			this.storage.heal();
			assertThat(resultOf(subscription.reached(1))).isOne();
		}
	}

	@Test
	void aStorageThatIsAwayForAWhileHoldsUpASnapshotAndNothingElse() {
		try (TestCluster cluster = TestCluster.of(1)
			.with(TextSnapshotter.type())
			.with(N1, this.storage)
			.with(NOTHING_CACHED)
			.start()) {
			ReplicatedLog<String> log = cluster.log(N1);
			resultOf(log.appendAll(List.of("a", "b", "c")));
			this.storage.failReads(AWAY);
			CompletableFuture<Void> snapshot = log.snapshot(2, true);
			await().until(() -> this.storage.failedReads() > 1);
			resultOf(log.append("meanwhile"));
			assertThat(snapshot).isNotDone();

			this.storage.heal();

			resultOf(snapshot);
			assertThat(log.indexes().compacted()).isEqualTo(2);
			assertThat(cluster.node(N1).failure("texts")).isNull();
		}
	}

	@Test
	void aStorageThatIsAwayForAWhileStopsNoLeader() {
		FaultyStorageFactory other = new FaultyStorageFactory();
		List<NodeId> both = List.of(N1, N2);
		try (TestCluster cluster = TestCluster.of(3)
			.with(N1, this.storage)
			.with(N2, other)
			.with(NOTHING_CACHED)
			.start()) {
			cluster.leader();
			cluster.kill(N3);
			resultOf(cluster.log(cluster.leaderAmong(both)).appendAll(List.of("a", "b", "c")));
			List.of(this.storage, other).forEach((storage) -> storage.failReads(AWAY));
			cluster.start(N3);
			await().until(() -> this.storage.failedReads() + other.failedReads() > 1);
			resultOf(cluster.log(N1).append("meanwhile"));

			List.of(this.storage, other).forEach(FaultyStorageFactory::heal);

			resultOf(cluster.log(N3).awaitDecided(4));
			both.forEach((pid) -> assertThat(cluster.node(pid).failure("texts")).isNull());
		}
	}

	/** Whoever asks for the leader must not be sent to a replica that answers nothing. */
	@Test
	void aReplicaThatHasFailedLeadsNobody() {
		try (TestCluster cluster = TestCluster.of(1).with(N1, this.storage).start()) {
			ReplicatedLog<String> log = cluster.log(N1);
			resultOf(log.append("a"));
			assertThat(log.leader()).contains(N1);
			this.storage.failWrites("disk full");
			assertFailed(log.append("lost"), OutcomeUnknownException.class);
			assertThat(log.leader()).isEmpty();
			assertThat(log.status().role().leads()).isFalse();
			assertThat(log.status().connectivity().writeQuorum()).isFalse();
		}
	}

	/** A node that starts on data it can't use must not leave anything behind. */
	@Test
	void aStorageThatCannotBeOpenedFailsTheStart() {
		this.storage.failWritesOf("texts", "irrelevant");
		this.storage.failOpening("other", "locked");
		OmniPaxosConfig config = TestCluster.of(1).build(N1).config();
		OmniPaxosNode node = OmniPaxosNode.builder(config)
			.storage(this.storage)
			.log(TestCluster.TEXTS)
			.log(TestCluster.TEXTS.named("other"))
			.build();
		Subscription before = node.log(TestCluster.TEXTS).follow(0, (entry) -> {
		});
		CompletableFuture<Long> waiting = before.reached(1);
		assertThatExceptionOfType(StorageException.class).isThrownBy(node::start).withMessage("locked");
		assertThat(this.storage.open()).isEmpty();
		assertThat(waiting).isCompletedExceptionally();
		assertThat(before.failure()).get().isInstanceOf(ReplicaStoppedException.class);
		Subscription after = node.log(TestCluster.TEXTS).follow(0, (entry) -> {
		});
		assertThat(after.reached(1)).isCompletedExceptionally();
	}

	@Test
	void aListenerThatThrowsHarmsNothing() {
		NodeListener listener = new NodeListener() {

			@Override
			public void leaderChanged(String log, Notice.LeaderChanged change) {
				throw new IllegalStateException("listener");
			}

		};
		try (TestCluster cluster = TestCluster.of(3).with(listener).start()) {
			List<NodeId> nodes = List.of(N1, N2);
			nodes.forEach((pid) -> resultOf(cluster.log(pid).append("from " + pid)));
			assertThat(cluster.node(N1).failure("texts")).isNull();
		}
	}

	/** An error of a listener's is a listener's, and the others hear what happens. */
	@Test
	void aListenerThatIsBrokenHarmsNothing() {
		Queue<NodeId> heard = new ConcurrentLinkedQueue<>();
		try (TestCluster cluster = TestCluster.of(1)) {
			OmniPaxosNode node = OmniPaxosNode.builder(cluster.build(N1).config())
				.storage(this.storage)
				.log(TestCluster.TEXTS)
				.listener(onLeader((leader) -> {
					throw new AssertionError("listener");
				}))
				.listener(onLeader(heard::add))
				.build();
			try (node) {
				node.start();
				resultOf(node.log(TestCluster.TEXTS).append("decided"));
				assertThat(heard).contains(N1);
			}
		}
	}

	private static NodeListener onLeader(Consumer<NodeId> action) {
		return new NodeListener() {

			@Override
			public void leaderChanged(String log, Notice.LeaderChanged change) {
				action.accept(change.leader());
			}

		};
	}

	private static void assertFailed(CompletableFuture<?> future, Class<? extends Exception> reason) {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(future::get).havingCause().isInstanceOf(reason);
	}

}
