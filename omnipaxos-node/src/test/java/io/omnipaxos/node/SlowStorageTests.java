package io.omnipaxos.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;

import io.omnipaxos.core.Limits;
import io.omnipaxos.core.LogIndexes;
import io.omnipaxos.core.OverloadedException;
import io.omnipaxos.core.ReplicaStatus.PeerStatus;
import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.NodeId;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.node.TestCluster.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A storage that takes its time costs time, and nothing else.
 */
class SlowStorageTests {

	private static final NodeId N1 = new NodeId(1);

	private static final NodeId N2 = new NodeId(2);

	private static final UnaryOperator<ServerConfig> ONE_BY_ONE = (server) -> server
		.withLimits(new Limits(1000, 100_000, 1, 1000, 100_000, 0));

	private final FaultyStorageFactory storage = new FaultyStorageFactory();

	@Test
	void whatGathersDuringAWriteIsWrittenTogether() {
		try (TestCluster cluster = TestCluster.of(1).with(N1, this.storage).start()) {
			ReplicatedLog<String> log = cluster.log(N1);
			resultOf(log.append("leading"));
			this.storage.writes().hold();
			CompletableFuture<Appended> first = log.append("first");
			await().until(this.storage.writes()::isHolding);
			long before = cluster.node(N1).metrics("texts").writes();
			List<CompletableFuture<Appended>> gathered = new ArrayList<>();
			for (int i = 0; i < 500; i++) {
				gathered.add(log.append("entry " + i));
			}
			assertThat(first).isNotDone();
			assertThat(gathered).noneMatch(CompletableFuture::isDone);

			this.storage.writes().release();
			gathered.forEach(TestCluster::resultOf);
			// The one that was held, and the batch; perhaps one for the decided index.
			assertThat(cluster.node(N1).metrics("texts").writes() - before).isLessThanOrEqualTo(3);
		}
	}

	/** Else whoever reads it looks for it again and again, until it is written. */
	@Test
	void whatIsLetInAfterAWriteIsNoPartOfTheLogBeforeItIsWritten() {
		CountDownLatch goOn = new CountDownLatch(1);
		try (TestCluster cluster = TestCluster.of(1).with(ONE_BY_ONE).with(N1, this.storage).start()) {
			ReplicatedLog<String> log = cluster.log(N1);
			resultOf(log.append("leading"));
			CompletableFuture<LogIndexes> shown = new CompletableFuture<>();
			this.storage.writes().hold();
			// On the log's thread, before the next write.
			log.awaitDecided(2).thenRun(() -> {
				shown.complete(log.indexes());
				awaitLatch(goOn);
			});
			CompletableFuture<List<Appended>> both = log.appendAll(List.of("first", "next"));
			this.storage.writes().release();
			try {
				long length = resultOf(shown).accepted();
				assertThat(resultOf(CompletableFuture.supplyAsync(() -> log.read(length - 1)))).isPresent();
				assertThat(length).isEqualTo(2);
			}
			finally {
				goOn.countDown();
			}
			resultOf(both);
			assertThat(log.indexes().accepted()).isEqualTo(3);
		}
	}

	private static void awaitLatch(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Callers give up and ask again, while nobody takes out what they had asked. */
	@Test
	void readsThatWereGivenUpCountUntilTheReplicaHasTakenNote() {
		try (TestCluster cluster = TestCluster.of(1).with(N1, this.storage).start()) {
			ReplicatedLog<String> log = cluster.log(N1);
			resultOf(log.append("leading"));
			this.storage.writes().hold();
			log.append("held up");
			await().until(this.storage.writes()::isHolding);
			for (int i = 0; i < 50_000; i++) {
				log.readBarrier().cancel(false);
				log.awaitDecided(1_000_000).cancel(false);
			}
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(log.readBarrier()::get)
				.withCauseInstanceOf(OverloadedException.class);

			this.storage.writes().release();
			await().untilAsserted(() -> assertThat(resultOf(log.readBarrier())).isEqualTo(2));
		}
	}

	/** Ticks pile up meanwhile; run through at once, they would be a lost leader. */
	@Test
	void aStallOfManyElectionTimeoutsIsNoReasonForAnElection() {
		try (TestCluster cluster = TestCluster.of(3).with(N1, this.storage).start()) {
			cluster.log(N2).tryBecomeLeader();
			await().until(() -> cluster.leader().equals(N2));
			resultOf(cluster.log(N1).append("in step"));
			List<Long> elections = elections(cluster);

			this.storage.writes().hold();
			resultOf(cluster.log(N2).append("during"));
			await().until(() -> ticksSinceHeardOf(cluster.log(N2), N1) > 100);
			this.storage.writes().release();
			resultOf(cluster.log(N1).awaitDecided(2));
			await().until(() -> ticksSinceHeardOf(cluster.log(N2), N1) < 10);
			assertThat(elections(cluster)).isEqualTo(elections);
		}
	}

	private static long ticksSinceHeardOf(ReplicatedLog<String> log, NodeId peer) {
		return log.status()
			.peers()
			.stream()
			.filter((status) -> status.pid().equals(peer))
			.mapToLong(PeerStatus::ticksSinceHeard)
			.sum();
	}

	private static List<Long> elections(TestCluster cluster) {
		return cluster.allBut(NodeId.NONE)
			.stream()
			.map((pid) -> cluster.node(pid).metrics("texts").elections())
			.toList();
	}

}
