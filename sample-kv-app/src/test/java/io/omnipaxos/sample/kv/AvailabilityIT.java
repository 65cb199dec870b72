package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What clients see while nodes are gone or stand still: an answer, always, in time. */
class AvailabilityIT {

	/** The bound on a wait in the sample, and some time for a busy machine. */
	private static final Duration ANSWER_BOUND = Duration.ofSeconds(8);

	@Test
	void aNodeWithoutQuorumSaysSoAtOnceAndComesBack() throws IOException {
		try (SampleCluster cluster = SampleCluster.started("no-quorum")) {
			cluster.node(1).client().put("key", "before").ok();
			cluster.node(2).kill();
			cluster.node(3).kill();
			KvClient alone = cluster.node(1).client();

			await().atMost(ANSWER_BOUND.multipliedBy(3)).until(() -> refusal(alone).equals("no-quorum"));
			assertThat(alone.get("actuator/health").status()).isEqualTo(503);
			KvClient.Answer write = alone.put("key", "during");
			assertThat(write.text("reason")).isEqualTo("no-quorum");
			assertThat(write.text("outcome")).isEqualTo("not-written");
			KvClient.Answer read = alone.get("kv/key");
			assertThat(read.status()).isEqualTo(503);
			assertThat(read.retryAfter()).isPresent();
			assertThat(alone.get("kv/key?consistency=local").value()).isEqualTo("before");

			cluster.node(2).start();
			cluster.node(2).awaitHealthy();
			cluster.node(1).awaitHealthy();
			assertThat(alone.get("kv/key").value()).isEqualTo("before");
			alone.put("key", "after").ok();
			assertThat(cluster.node(2).client().get("kv/key").value()).isEqualTo("after");
		}
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

	/**
	 * The others were written to while it stood still. It still believes that it leads
	 * when it goes on, and may not answer a read from what it has.
	 */
	@Test
	void aLeaderThatStoodStillIsReplacedAndAnswersNothingStale() throws IOException {
		try (SampleCluster cluster = SampleCluster.started("leader-paused")) {
			SampleNode paused = cluster.leader();
			paused.client().put("key", "before").ok();
			paused.pause();
			for (SampleNode other : cluster.others(paused)) {
				await().atMost(Duration.ofSeconds(30)).until(() -> other.client().put("key", "during").isOk());
			}

			paused.resume();
			await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				KvClient.Answer read = paused.client().get("kv/key");
				assertThat(read.isOk() ? read.value() : "during").isEqualTo("during");
				assertThat(read.isOk()).isTrue();
			});
			paused.client().put("key", "after").ok();
			assertThat(cluster.others(paused).get(0).client().get("kv/key").value()).isEqualTo("after");
		}
	}

	@Test
	void writesGoOnWhileAFollowerStandsStillAndItCatchesUp() throws IOException {
		try (SampleCluster cluster = SampleCluster.started("follower-paused")) {
			SampleNode leader = cluster.leader();
			SampleNode paused = cluster.others(leader).get(0);
			paused.pause();
			long index = 0;
			for (int write = 0; write < 50; write++) {
				index = leader.client().put("key", write).index();
			}
			paused.resume();
			assertThat(paused.client().get("kv/key?min-index=" + index).value()).isEqualTo(49);
			assertThat(paused.client().everything()).isEqualTo(Map.of("key", 49));
		}
	}

}
