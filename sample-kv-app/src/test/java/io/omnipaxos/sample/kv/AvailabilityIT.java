package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What clients see while nodes are gone or stand still: an answer, always, in time. */
class AvailabilityIT {

	/** The bound on a wait in the sample, and some time for a busy machine. */
	private static final Duration ANSWER_BOUND = Duration.ofSeconds(8);

	private static final long SEED = 45;

	private static final int A_GOOD_DEAL = 100;

	private static SampleCluster cluster;

	@BeforeAll
	static void start() {
		cluster = SampleCluster.started("availability");
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@BeforeEach
	void restartWhoeverIsGone() {
		cluster.nodes().stream().filter((node) -> !node.isAlive()).forEach(SampleNode::start);
		cluster.nodes().forEach(SampleNode::awaitHealthy);
	}

	@Test
	void aNodeWithoutQuorumSaysSoAtOnceAndComesBack() throws IOException {
		cluster.node(1).client().put("alone", "before").ok();
		cluster.node(2).kill();
		cluster.node(3).kill();
		KvClient alone = cluster.node(1).client();

		await().atMost(ANSWER_BOUND.multipliedBy(3)).until(() -> refusal(alone).equals("no-quorum"));
		assertThat(alone.get("actuator/health").status()).isEqualTo(503);
		KvClient.Answer write = alone.put("alone", "during");
		assertThat(write.text("reason")).isEqualTo("no-quorum");
		assertThat(write.text("outcome")).isEqualTo("not-written");
		KvClient.Answer read = alone.get("kv/alone");
		assertThat(read.status()).isEqualTo(503);
		assertThat(read.retryAfter()).isPresent();
		assertThat(alone.get("kv/alone?consistency=local").value()).isEqualTo("before");

		cluster.node(2).start();
		cluster.node(2).awaitHealthy();
		cluster.node(1).awaitHealthy();
		assertThat(alone.get("kv/alone").value()).isEqualTo("before");
		alone.put("alone", "after").ok();
		assertThat(cluster.node(2).client().get("kv/alone").value()).isEqualTo("after");
	}

	/** Writes, and returns the reason why that is refused, which it is in time. */
	private static String refusal(KvClient client) throws IOException {
		long start = System.nanoTime();
		KvClient.Answer answer = client.put("another-key", "during");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ANSWER_BOUND);
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.retryAfter()).isPresent();
		return answer.text("reason");
	}

	/** How long that takes is printed: it is the machine's as much as the protocol's. */
	@Test
	void aLeaderThatIsKilledIsReplacedAndWritesGoOn() {
		try (KvWorkload everywhere = new KvWorkload(cluster.nodes(), SEED, 1, KvWorkload.BREATH)) {
			// In a new cluster, several may lead one after the other.
			everywhere.awaitWrites(A_GOOD_DEAL);
			SampleNode killed = cluster.leader();
			long begun = System.nanoTime();
			killed.kill();
			everywhere.awaitWrites(A_GOOD_DEAL);
			Duration gap = everywhere.history().longestGap(begun, System.nanoTime());
			System.out.printf("Leader killed: %d ms without an answered write%n", gap.toMillis());
			assertThat(gap).isLessThan(ANSWER_BOUND);
		}
	}

	/**
	 * The others were written to while it stood still. It still believes that it leads
	 * when it goes on, and may not answer a read from what it has.
	 */
	@Test
	void aLeaderThatStoodStillIsReplacedAndAnswersNothingStale() throws IOException {
		SampleNode paused = cluster.leader();
		paused.client().put("replaced", "before").ok();
		paused.pause();
		for (SampleNode other : cluster.others(paused)) {
			await().atMost(Duration.ofSeconds(30)).until(() -> other.client().put("replaced", "during").isOk());
		}

		paused.resume();
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			KvClient.Answer read = paused.client().get("kv/replaced");
			assertThat(read.isOk() ? read.value() : "during").isEqualTo("during");
			assertThat(read.isOk()).isTrue();
		});
		paused.client().put("replaced", "after").ok();
		assertThat(cluster.others(paused).get(0).client().get("kv/replaced").value()).isEqualTo("after");
	}

	@Test
	void writesGoOnWhileAFollowerStandsStillAndItCatchesUp() throws IOException {
		SampleNode leader = cluster.leader();
		SampleNode paused = cluster.others(leader).get(0);
		paused.pause();
		long index = 0;
		for (int write = 0; write < 50; write++) {
			index = leader.client().put("missed", write).index();
		}
		paused.resume();
		assertThat(paused.client().get("kv/missed?min-index=" + index).value()).isEqualTo(49);
		assertThat(paused.client().everything()).containsEntry("missed", 49);
	}

}
