package io.omnipaxos.node;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

import io.omnipaxos.core.CompactionException;
import io.omnipaxos.core.CompactionException.Reason;
import io.omnipaxos.core.Limits;
import io.omnipaxos.core.LogEntry;
import io.omnipaxos.core.LogIndexes;
import io.omnipaxos.core.LogSealedException;
import io.omnipaxos.core.OverloadedException;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.node.TestCluster.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * What a log promises its users, call by call.
 */
class ReplicatedLogTests {

	private static final NodeId N1 = new NodeId(1);

	private static final NodeId N2 = new NodeId(2);

	private static final Limits SMALL = new Limits(1000, 4000, 2000, 1000, 2000, 1000);

	private TestCluster cluster = TestCluster.of(1);

	@AfterEach
	void stop() {
		this.cluster.close();
	}

	@Test
	void entriesAppendedTogetherFollowEachOther() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		resultOf(log.append("first"));
		List<Appended> appended = resultOf(log.appendAll(List.of("a", "b", "c")));
		assertThat(appended).containsExactly(new Appended(1), new Appended(2), new Appended(3));
		assertThat(resultOf(log.appendAll(List.of()))).isEmpty();
	}

	@Test
	void entriesAreReadOneByOneAndInRanges() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		resultOf(log.appendAll(List.of("a", "b", "c")));
		assertThat(log.read(1)).contains(new LogEntry.Decided<>(1, "b"));
		assertThat(log.read(3)).isEmpty();
		assertThat(log.read(1, 3)).contains(List.of(new LogEntry.Decided<>(1, "b"), new LogEntry.Decided<>(2, "c")));
		assertThat(log.read(2, 4)).isEmpty();
		assertThat(log.readDecidedSuffix(2)).contains(List.of(new LogEntry.Decided<>(2, "c")));
		assertThat(log.readDecidedSuffix(3)).contains(List.of());
		assertThat(log.readDecidedSuffix(4)).isEmpty();
	}

	/** Without a peer the leader accepts and decides nothing. */
	@Test
	void whatIsNotDecidedYetIsReadAsSuch() {
		this.cluster.close();
		this.cluster = TestCluster.of(3).start();
		NodeId leader = this.cluster.leader();
		this.cluster.network().isolate(leader);
		ReplicatedLog<String> log = this.cluster.log(leader);
		log.append("alone");
		await().until(() -> log.indexes().accepted() == 1);
		assertThat(log.read(0)).contains(new LogEntry.Undecided<>(0, "alone"));
		assertThat(log.readDecidedSuffix(0)).contains(List.of());
	}

	/** A caller that has its answer reads what it wrote, in the very callback. */
	@Test
	void anAnswerIsNotAheadOfTheLog() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		for (int i = 0; i < 200; i++) {
			Optional<LogEntry<String>> read = resultOf(
					log.append("entry " + i).thenApply((where) -> log.read(where.index())));
			assertThat(read).contains(new LogEntry.Decided<>(i, "entry " + i));
		}
	}

	@Test
	void anEntryOverTheLimitIsRefusedAtOnce() {
		ReplicatedLog<String> log = this.cluster.with((server) -> server.withLimits(SMALL)).start().log(N1);
		assertThatIllegalArgumentException().isThrownBy(() -> log.append("x".repeat(999)));
		assertThat(resultOf(log.append("x".repeat(998))).index()).isZero();
		assertThatIllegalArgumentException().isThrownBy(() -> log.appendAll(List.of("a", "x".repeat(999))));
		assertThatIllegalArgumentException().isThrownBy(() -> log.appendAll(Collections.nCopies(5, "x".repeat(900))));
	}

	/** Nothing is decided without a quorum, so what is pending stays so. */
	@Test
	void appendsBeyondTheLimitOfWhatMayBePendingAreRefused() {
		TestCluster three = TestCluster.of(3).with((server) -> server.withLimits(SMALL));
		this.cluster = three;
		ReplicatedLog<String> log = three.start(N1).log(TestCluster.TEXTS);
		String entry = "x".repeat(498);
		List<CompletableFuture<Appended>> taken = IntStream.range(0, 5).mapToObj((i) -> log.append(entry)).toList();
		assertRefused(log.append(entry), OverloadedException.class);
		assertRefused(log.appendAll(List.of("a", entry)), OverloadedException.class);
		assertThat(taken).allMatch((append) -> !append.isDone());

		three.start(N2);
		taken.forEach(TestCluster::resultOf);
		assertThat(resultOf(log.append(entry)).index()).isEqualTo(5);
		assertThat(three.node(N1).metrics("texts").refused()).isEqualTo(3);
	}

	@Test
	void appendsToAFullLogWaitUntilItIsTrimmed() {
		this.cluster = TestCluster.of(3).with((server) -> server.withLimits(SMALL));
		for (long pid = 1; pid <= 3; pid++) {
			this.cluster.with(new NodeId(pid), new MemoryStorageFactory("small-" + pid, 0, 1000));
		}
		ReplicatedLog<String> log = this.cluster.start().log(this.cluster.leader());
		String entry = "x".repeat(498);
		resultOf(log.append(entry));
		resultOf(log.append(entry));
		List<CompletableFuture<Appended>> waiting = IntStream.range(0, 5).mapToObj((i) -> log.append(entry)).toList();
		await().until(() -> log.status().full() && log.status().pending() == 5);
		assertThat(waiting).allMatch((append) -> !append.isDone());
		assertThat(log.append(entry)).failsWithin(Duration.ofSeconds(20))
			.withThrowableThat()
			.withMessageContaining("as the storage has no room until the log is trimmed or snapshotted");

		await().until(() -> {
			log.trim();
			return waiting.stream().allMatch(CompletableFuture::isDone);
		});
		assertThat(resultOf(waiting.get(4))).isEqualTo(new Appended(6));
	}

	@Test
	void aStopSignEndsTheLog() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		resultOf(log.append("last"));
		ClusterConfig next = ClusterConfig.of(2, 1, 2, 3);
		byte[] metadata = "why".getBytes(StandardCharsets.UTF_8);
		assertThat(resultOf(log.reconfigure(next, metadata)).index()).isEqualTo(1);
		assertThat(log.read(1)).contains(new LogEntry.StopSign<>(1, next, Payload.ofText("why"), true));
		assertRefused(log.append("later"), LogSealedException.class);
		assertThat(log.status().isStopped()).isTrue();
	}

	@Test
	void theNextConfigurationMustBeALaterOne() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		assertRefused(log.reconfigure(ClusterConfig.of(1, 1, 2), new byte[0]), IllegalArgumentException.class);
		assertThat(resultOf(log.append("still there")).index()).isZero();
	}

	@Test
	void aWaitForAnIndexEndsThere() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		CompletableFuture<Long> two = log.awaitDecided(2);
		resultOf(log.append("a"));
		assertThat(two).isNotDone();
		resultOf(log.append("b"));
		assertThat(resultOf(two)).isEqualTo(2);
		assertThat(resultOf(log.awaitDecided(1))).isEqualTo(2);
	}

	@Test
	void aTrimmedLogSaysSo() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		resultOf(log.appendAll(List.of("a", "b", "c", "d")));
		// Only what is decided durably may go, which is a little later than decided.
		await().untilAsserted(() -> resultOf(log.trim(3)));
		assertThat(log.read(0)).contains(new LogEntry.Trimmed<>(3));
		assertThat(log.readDecidedSuffix(0))
			.contains(List.of(new LogEntry.Trimmed<>(3), new LogEntry.Decided<>(3, "d")));
		assertRefused(log.trim(2), CompactionException.class);
		resultOf(log.trim());
		assertThat(log.indexes()).isEqualTo(new LogIndexes(-1, 0, 4, 4, 4));
	}

	@Test
	void trimmingWhenThereIsNothingToTrimIsDoneAtOnce() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		await().untilAsserted(() -> resultOf(log.trim()));
		assertThat(log.indexes()).isEqualTo(new LogIndexes(-1, 0, 0, 0, 0));
	}

	@Test
	void aFollowerMayNotTrim() {
		this.cluster.close();
		this.cluster = TestCluster.of(3).start();
		ReplicatedLog<String> log = this.cluster.log(this.cluster.follower());
		assertRefused(log.trim(), CompactionException.class);
	}

	@Test
	void everyNodeTakesASnapshot() {
		this.cluster.close();
		this.cluster = TestCluster.of(3).with(TextSnapshotter.type()).start();
		ReplicatedLog<String> log = this.cluster.log(this.cluster.follower());
		resultOf(log.appendAll(List.of("a", "b", "c")));
		this.cluster.logs().forEach((each) -> resultOf(each.awaitDecided(3)));
		await().untilAsserted(() -> resultOf(log.snapshot(2, false)));
		for (ReplicatedLog<String> each : this.cluster.logs()) {
			await().until(() -> each.indexes().compacted() == 2);
			assertThat(each.readDecidedSuffix(0))
				.contains(List.of(new LogEntry.Snapshotted<>(0, 2, List.of("a", "b")), new LogEntry.Decided<>(2, "c")));
		}
	}

	@Test
	void aSnapshotNeedsASnapshotter() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		resultOf(log.append("a"));
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(log.snapshot(true)::get)
			.havingCause()
			.isInstanceOfSatisfying(CompactionException.class,
					(ex) -> assertThat(ex.reason()).isEqualTo(Reason.NO_SNAPSHOTTER));
	}

	@Test
	void aSnapshotterThatThrowsFailsTheSnapshotAndNothingElse() {
		IllegalArgumentException thrown = new IllegalArgumentException("no snapshot today");
		EntryType<String> type = TextSnapshotter.type(() -> {
			throw thrown;
		});
		ReplicatedLog<String> log = this.cluster.with(type).start().log(N1);
		resultOf(log.append("a"));
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(log.snapshot(true)::get)
			.havingCause()
			.isSameAs(thrown);
		assertThat(resultOf(log.append("b")).index()).isEqualTo(1);
	}

	@Test
	void aNodeThatHasNotStartedRefuses() {
		OmniPaxosNode node = this.cluster.build(N1);
		assertThatItRefuses(node.log(TestCluster.TEXTS), "not been started");
		assertThat(node.metrics("texts").appended()).isZero();
	}

	@Test
	void aNodeThatHasStoppedRefuses() {
		ReplicatedLog<String> log = this.cluster.start().log(N1);
		resultOf(log.append("a"));
		this.cluster.node(N1).close();
		assertThatItRefuses(log, "stop");
		assertThat(log.indexes().decided()).isEqualTo(1);
		assertThat(this.cluster.node(N1).failure("texts")).isNull();
	}

	private static void assertThatItRefuses(ReplicatedLog<String> log, String reason) {
		List<CompletableFuture<?>> refused = new ArrayList<>();
		refused.add(log.append("a"));
		refused.add(log.appendAll(List.of("a", "b")));
		refused.add(log.reconfigure(ClusterConfig.of(2, 1), new byte[0]));
		refused.add(log.readBarrier());
		refused.add(log.awaitDecided(10));
		refused.add(log.trim());
		refused.add(log.snapshot(true));
		for (CompletableFuture<?> future : refused) {
			assertRefused(future, ReplicaStoppedException.class);
		}
		assertThatExceptionOfType(ReplicaStoppedException.class).isThrownBy(() -> log.read(0))
			.withMessageContaining(reason);
		log.tryBecomeLeader();
		assertThat(log.status().pid()).isEqualTo(N1);
	}

	private static void assertRefused(CompletableFuture<?> future, Class<? extends Exception> reason) {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(future::get).havingCause().isInstanceOf(reason);
	}

}
