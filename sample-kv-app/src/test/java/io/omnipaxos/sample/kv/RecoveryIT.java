package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the tutorial calls fail-recovery: nodes are killed without warning, and nothing
 * that was answered is lost. One cluster goes through all of it, in any order.
 */
class RecoveryIT {

	private static final int FAIL_OVERS = 3;

	private static SampleCluster cluster;

	@BeforeAll
	static void startCluster() {
		cluster = SampleCluster.started("recovery");
	}

	@AfterAll
	static void stopCluster() {
		cluster.close();
	}

	/**
	 * A busy machine may hold up one fail-over, and not most of them; the bound on each
	 * is only there to tell slow from never.
	 */
	@Test
	void theOthersTakeWritesAgainWithinTwoSecondsOfTheLeadersDeath() throws IOException {
		List<Duration> outages = new ArrayList<>();
		Map<String, Object> written = new HashMap<>(cluster.leader().client().everything());
		for (int round = 0; round < FAIL_OVERS; round++) {
			SampleNode leader = cluster.leader();
			List<KvClient> others = cluster.others(leader).stream().map(SampleNode::client).toList();
			for (KvClient other : others) {
				other.put("before-" + round, round).ok();
			}
			leader.kill();
			long killed = System.nanoTime();
			for (int other = 0; other < others.size(); other++) {
				String key = "after-%d-%d".formatted(round, other);
				untilWritten(others.get(other), key, round);
				written.put(key, round);
			}
			outages.add(Duration.ofNanos(System.nanoTime() - killed));
			written.put("before-" + round, round);

			leader.start();
			leader.awaitHealthy();
			assertThat(leader.client().everything()).as("the killed node, restarted").isEqualTo(written);
		}
		System.out.printf("Writes answered by both others after the leader's kill -9: %s%n", outages);
		assertThat(outages).allSatisfy((outage) -> assertThat(outage).isLessThan(Duration.ofSeconds(15)));
		assertThat(outages.stream().sorted().toList().get(FAIL_OVERS / 2)).isLessThan(Duration.ofSeconds(2));
	}

	@Test
	void noAnsweredWriteIsMissingAfterAllNodesWereKilledUnderLoad() throws IOException {
		Writers writers = new Writers(cluster);
		try (writers) {
			await().atMost(Duration.ofSeconds(60)).until(() -> writers.answered().size() >= 500);
			cluster.nodes().parallelStream().forEach(SampleNode::kill);
		}
		Map<String, Object> answered = writers.answered();

		cluster.start();

		for (SampleNode node : cluster.nodes()) {
			assertThat(node.client().everything()).containsAllEntriesOf(answered);
		}
		System.out.printf("All killed under load: %d answered writes, all there%n", answered.size());
	}

	@Test
	void everythingIsThereAfterACleanRestart() throws IOException {
		Map<String, Object> written = new HashMap<>(cluster.node(1).client().everything());
		cluster.node(1).client().put("number", 42).ok();
		cluster.node(2).client().put("text", "forty-two").ok();
		cluster.node(3).client().put("gone", 1).ok();
		cluster.node(1).client().delete("gone").ok();
		written.putAll(Map.of("number", 42, "text", "forty-two"));
		cluster.nodes().forEach(SampleNode::stop);

		cluster.start();

		for (SampleNode node : cluster.nodes()) {
			assertThat(node.client().everything()).isEqualTo(written);
		}
	}

	@Test
	void aNodeThatWasAwayTakesTheSnapshotOfTheOthers() throws IOException {
		Map<String, Object> written = new HashMap<>(cluster.leader().client().everything());
		SampleNode away = cluster.others(cluster.leader()).get(0);
		away.kill();
		SampleNode there = cluster.leader();
		for (int write = 0; write < 20; write++) {
			there.client().put("key-" + (write % 3), write).ok();
		}
		there.client().post("log/snapshot").ok();

		away.start();
		away.awaitHealthy();

		written.putAll(Map.of("key-0", 18, "key-1", 19, "key-2", 17));
		assertThat(away.client().everything()).isEqualTo(written);
	}

	private static void untilWritten(KvClient client, String key, Object value) {
		await().atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(10))
			.until(() -> client.put(key, value).isOk());
	}

}
