package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients work at all nodes while nodes are killed and stand still, the leader and
 * others. What the clients saw must be what one store on one machine could have shown
 * them, and every write that was answered stands once in the log.
 */
class LinearizabilityIT {

	private static final long SEED = 42;

	/** Longer than every timeout by which nodes or streams take each other for gone. */
	private static final Duration PAUSE = Duration.ofSeconds(3);

	@Test
	void historiesAreLinearizableAndAppendsStandOnce() throws IOException {
		try (SampleCluster cluster = SampleCluster.started("linearizability")) {
			KvWorkload workload = new KvWorkload(cluster.nodes(), SEED);
			try (workload) {
				underWay(workload);
				restart(workload, cluster.leader());
				pause(workload, cluster.leader());
				restart(workload, cluster.others(cluster.leader()).get(0));
				pause(workload, cluster.others(cluster.leader()).get(1));
				restart(workload, cluster.leader());
			}
			cluster.nodes().forEach(SampleNode::awaitHealthy);

			KvHistory history = workload.history();
			System.out.printf("History: %d calls, %d of them writes, %d of these not answered%n",
					history.calls().size(), history.writes().size(),
					history.writes().stream().filter((write) -> !write.answered()).count());
			assertThat(history.keysNotLinearizable()).isEmpty();
			for (SampleNode node : cluster.nodes()) {
				assertEachWriteStandsOnce(history, node.client());
			}
		}
	}

	private static void assertEachWriteStandsOnce(KvHistory history, KvClient client) throws IOException {
		Map<Object, List<Long>> indexes = new HashMap<>();
		for (JsonNode line : client.log()) {
			assertThat(line.get("kind").stringValue()).isEqualTo("decided");
			indexes.computeIfAbsent(line.get("entry").get("value").longValue(), (value) -> new ArrayList<>())
				.add(line.get("index").longValue());
		}
		assertThat(indexes).allSatisfy((value, places) -> assertThat(places).hasSize(1));
		assertThat(history.writes()).filteredOn(KvHistory.Call::answered)
			.isNotEmpty()
			.allSatisfy((write) -> assertThat(indexes.get(write.value())).containsExactly(write.index()));
	}

	private static void restart(KvWorkload workload, SampleNode node) {
		node.kill();
		underWay(workload);
		node.start();
		node.awaitHealthy();
		underWay(workload);
	}

	private static void pause(KvWorkload workload, SampleNode node) {
		long until = System.nanoTime() + PAUSE.toNanos();
		node.pause();
		await().atMost(PAUSE.multipliedBy(3)).until(() -> System.nanoTime() > until);
		node.resume();
		underWay(workload);
	}

	/** Waits until the clients have written a good deal more. */
	private static void underWay(KvWorkload workload) {
		long enough = workload.history().writes().stream().filter(KvHistory.Call::answered).count() + 200;
		await().atMost(Duration.ofSeconds(60))
			.until(() -> workload.history().writes().stream().filter(KvHistory.Call::answered).count() >= enough);
	}

}
