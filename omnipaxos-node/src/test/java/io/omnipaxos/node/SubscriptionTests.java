package io.omnipaxos.node;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.omnipaxos.core.LogEntry;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.node.TestCluster.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A listener is handed every decided entry once and in order, however far behind it
 * starts and however slow it is.
 */
class SubscriptionTests {

	private static final NodeId N1 = new NodeId(1);

	private final TestCluster cluster = TestCluster.of(1).with(TextSnapshotter.type());

	/** Written by the subscription's thread, read after a future of it is complete. */
	private final List<LogEntry<String>> seen = new ArrayList<>();

	@AfterEach
	void stop() {
		this.cluster.close();
	}

	@Test
	void everyEntryIsHandedOverOnceAndInOrder() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		resultOf(log.appendAll(texts(0, 1000)));
		Subscription subscription = log.follow(0, this.seen::add);
		resultOf(log.appendAll(texts(1000, 1500)));
		IntStream.range(1500, 2000).forEach((i) -> log.append(text(i)));
		assertThat(resultOf(subscription.reached(2000))).isEqualTo(2000);
		assertThat(this.seen).isEqualTo(decided(0, 2000));
	}

	@Test
	void aSubscriptionMayBeginAnywhere() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		resultOf(log.appendAll(texts(0, 10)));
		Subscription subscription = log.follow(7, this.seen::add);
		resultOf(subscription.reached(10));
		assertThat(this.seen).isEqualTo(decided(7, 10));
		assertThat(subscription.position()).isEqualTo(10);
	}

	@Test
	void aLogCanBeFollowedBeforeTheNodeStarts() {
		OmniPaxosNode node = this.cluster.build(N1);
		Subscription subscription = node.log(TestCluster.TEXTS).follow(0, this.seen::add);
		node.start();
		try (node) {
			resultOf(node.log(TestCluster.TEXTS).append(text(0)));
			resultOf(subscription.reached(1));
		}
		assertThat(this.seen).isEqualTo(decided(0, 1));
	}

	/** More than the hand-over in memory holds piles up behind the listener. */
	@Test
	void aSlowListenerMissesNothing() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		CountDownLatch go = new CountDownLatch(1);
		Subscription subscription = log.follow(0, (entry) -> {
			awaitLatch(go);
			this.seen.add(entry);
		});
		String large = "x".repeat(100_000);
		for (int i = 0; i < 100; i++) {
			resultOf(log.append(large + i));
		}
		go.countDown();
		resultOf(subscription.reached(100));
		assertThat(this.seen).hasSize(100)
			.extracting((entry) -> ((LogEntry.Decided<String>) entry).index())
			.containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(Long::valueOf).toList());
	}

	@Test
	void whatWasTrimmedIsHandedOverAsOneElement() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		resultOf(log.appendAll(texts(0, 10)));
		// Only what is decided durably may go, which is a little later than decided.
		await().untilAsserted(() -> resultOf(log.trim(6)));
		resultOf(log.follow(2, this.seen::add).reached(10));
		assertThat(this.seen.get(0)).isEqualTo(new LogEntry.Trimmed<>(6));
		assertThat(this.seen.subList(1, 5)).isEqualTo(decided(6, 10));
	}

	@Test
	void whatWasSnapshottedIsHandedOverAsItsSnapshot() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		resultOf(log.appendAll(texts(0, 10)));
		await().untilAsserted(() -> resultOf(log.snapshot(6, true)));
		resultOf(log.follow(2, this.seen::add).reached(10));
		assertThat(this.seen.get(0)).isEqualTo(new LogEntry.Snapshotted<>(0, 6, texts(0, 6)));
		assertThat(this.seen.subList(1, 5)).isEqualTo(decided(6, 10));
	}

	/** The entries that the listener has not reached go away under it. */
	@Test
	void aListenerThatIsOvertakenByASnapshotGoesOnFromThere() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		CountDownLatch go = new CountDownLatch(1);
		String filler = "x".repeat(400_000);
		Subscription subscription = log.follow(0, (entry) -> {
			awaitLatch(go);
			this.seen.add(entry);
		});
		for (int i = 0; i < 30; i++) {
			resultOf(log.append(filler + i));
		}
		await().untilAsserted(() -> resultOf(log.snapshot(30, true)));
		go.countDown();
		resultOf(subscription.reached(30));
		LogEntry<String> last = this.seen.get(this.seen.size() - 1);
		assertThat(last).isInstanceOfSatisfying(LogEntry.Snapshotted.class,
				(snapshot) -> assertThat(snapshot.index()).isEqualTo(30));
		assertThat(this.seen).hasSizeLessThan(30);
	}

	@Test
	void theStopSignIsHandedOverLast() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		resultOf(log.append(text(0)));
		resultOf(log.reconfigure(ClusterConfig.of(2, 1), new byte[0]));
		resultOf(log.follow(0, this.seen::add).reached(2));
		assertThat(this.seen.get(1)).isInstanceOf(LogEntry.StopSign.class);
	}

	@Test
	void aListenerThatThrowsEndsItsSubscriptionVisibly() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		IllegalStateException thrown = new IllegalStateException("full");
		Subscription subscription = log.follow(0, (entry) -> {
			if (!this.seen.isEmpty()) {
				throw thrown;
			}
			this.seen.add(entry);
		});
		CompletableFuture<Long> never = subscription.reached(3);
		resultOf(log.appendAll(texts(0, 3)));
		assertFailed(never, thrown);
		assertThat(subscription.failure()).contains(thrown);
		assertThat(subscription.position()).isEqualTo(1);
		assertFailed(subscription.reached(1), thrown);
		assertFailed(subscription.read(() -> "never"), thrown);
		assertThat(resultOf(log.append("others go on")).index()).isEqualTo(3);
	}

	@Test
	void aClosedSubscriptionIsHandedNothing() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		Subscription subscription = log.follow(0, this.seen::add);
		resultOf(log.append(text(0)));
		resultOf(subscription.reached(1));
		CompletableFuture<Long> never = subscription.reached(2);
		subscription.close();
		resultOf(log.append(text(1)));
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(never::get)
			.withCauseInstanceOf(SubscriptionEndedException.class);
		assertThat(this.seen).hasSize(1);
		assertThat(subscription.failure()).isEmpty();
	}

	@Test
	void aListenerMayCloseItsOwnSubscription() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		AtomicReference<Subscription> own = new AtomicReference<>();
		CountDownLatch known = new CountDownLatch(1);
		Subscription subscription = log.follow(0, (entry) -> {
			this.seen.add(entry);
			awaitLatch(known);
			own.get().close();
		});
		own.set(subscription);
		known.countDown();
		resultOf(log.appendAll(texts(0, 5)));
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(subscription.reached(5)::get)
			.withCauseInstanceOf(SubscriptionEndedException.class);
		assertThat(this.seen).hasSize(1);
	}

	@Test
	void theEndOfTheNodeEndsItsSubscriptions() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		Subscription subscription = log.follow(0, this.seen::add);
		CompletableFuture<Long> never = subscription.reached(1);
		this.cluster.node(N1).close();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(never::get)
			.withCauseInstanceOf(ReplicaStoppedException.class);
		assertThat(subscription.failure()).get().isInstanceOf(ReplicaStoppedException.class);
	}

	@Test
	void whoFollowsAReplicaThatHasStoppedIsToldSo() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		resultOf(log.append(text(0)));
		this.cluster.node(N1).close();
		Subscription subscription = log.follow(1, this.seen::add);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(subscription.reached(2)::get)
			.withCauseInstanceOf(ReplicaStoppedException.class);
		assertThat(subscription.failure()).get().isInstanceOf(ReplicaStoppedException.class);
	}

	/** The log lives on, and so would all that its former listeners refer to. */
	@Test
	void aSubscriptionThatHasEndedIsForgotten() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		resultOf(log.append(text(0)));
		Reference<?> closed = useOfListenerThatEnds(log, false);
		Reference<?> failed = useOfListenerThatEnds(log, true);
		await().untilAsserted(() -> {
			System.gc();
			assertThat(closed.get()).isNull();
			assertThat(failed.get()).isNull();
		});
		resultOf(log.append(text(1)));
	}

	/** Returns a reference to something that only the listener holds. */
	private static Reference<?> useOfListenerThatEnds(ReplicatedLog<String> log, boolean throwing) {
		List<LogEntry<String>> held = new ArrayList<>();
		Subscription subscription = log.follow(0, (entry) -> {
			held.add(entry);
			assertThat(throwing).isFalse();
		});
		await().until(() -> subscription.position() == 1 || subscription.failure().isPresent());
		subscription.close();
		return new WeakReference<>(held);
	}

	/** The query runs where the writer's entry may not have been applied yet. */
	@Test
	void aQuerySeesEveryAppendThatCompletedBefore() {
		try (TestCluster three = TestCluster.of(3).start()) {
			NodeId reader = three.follower();
			List<String> applied = new ArrayList<>();
			Subscription subscription = three.log(reader)
				.follow(0, (entry) -> applied.add(((LogEntry.Decided<String>) entry).value()));
			for (int i = 0; i < 50; i++) {
				NodeId writer = three.allBut(reader).get(i % 2);
				resultOf(three.log(writer).append(text(i)));
				assertThat(resultOf(subscription.read(() -> applied.get(applied.size() - 1)))).isEqualTo(text(i));
			}
		}
	}

	@Test
	void aQueryThatThrowsFailsAlone() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		Subscription subscription = log.follow(0, this.seen::add);
		IllegalStateException thrown = new IllegalStateException("bad query");
		CompletableFuture<String> failing = subscription.read(() -> {
			throw thrown;
		});
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(failing::get).havingCause().isSameAs(thrown);
		assertThat(resultOf(subscription.read(() -> "fine"))).isEqualTo("fine");
		await().until(() -> subscription.failure().isEmpty());
	}

	private static void assertFailed(CompletableFuture<?> future, Throwable cause) {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(future::get)
			.havingCause()
			.isInstanceOf(SubscriptionEndedException.class)
			.havingCause()
			.isSameAs(cause);
	}

	private static void awaitLatch(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String text(int i) {
		return "entry " + i;
	}

	private static List<String> texts(int from, int to) {
		return IntStream.range(from, to).mapToObj(SubscriptionTests::text).toList();
	}

	private static List<LogEntry<String>> decided(int from, int to) {
		return IntStream.range(from, to).<LogEntry<String>>mapToObj((i) -> new LogEntry.Decided<>(i, text(i))).toList();
	}

}
