package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What must be true of a cluster once everything bad is over, whatever it was: no write
 * that was answered is missing, none stands twice, what clients saw is linearizable, and
 * all nodes have the same log.
 */
final class LogCheck {

	private static final Duration CONVERGENCE = Duration.ofSeconds(60);

	private LogCheck() {
	}

	/**
	 * Checks a cluster that nobody writes to any more.
	 * @param from index at which the log ended before the first call of the history
	 * @return index at which it ends now
	 */
	static long check(SampleCluster cluster, KvHistory history, long from) throws IOException {
		assertThat(history.keysNotLinearizable()).as("keys whose history is not linearizable").isEmpty();
		long end = awaitSameEnd(cluster);
		List<JsonNode> log = cluster.node(1).client().log(from);
		assertEachWriteStandsOnce(history, log);
		for (SampleNode node : cluster.others(cluster.node(1))) {
			assertThat(node.client().log(from)).as("the log of " + node.port()).isEqualTo(log);
		}
		return end;
	}

	/** Waits until all nodes have decided all that any of them has, and returns it. */
	static long awaitSameEnd(SampleCluster cluster) {
		return await().atMost(CONVERGENCE).ignoreExceptions().until(() -> {
			List<Long> ends = new ArrayList<>();
			for (SampleNode node : cluster.nodes()) {
				JsonNode status = node.client().status();
				ends.add(status.get("decidedIndex").longValue());
				ends.add(status.get("acceptedIndex").longValue());
			}
			return ends.stream().distinct().toList();
		}, (ends) -> ends.size() == 1).get(0);
	}

	/** Returns the values that were written from an index on. */
	static Set<Object> values(SampleCluster cluster, long from) throws IOException {
		return cluster.node(1).client().log(from).stream().map(LogCheck::value).collect(Collectors.toSet());
	}

	private static Object value(JsonNode line) {
		return line.get("entry").get("value").longValue();
	}

	private static void assertEachWriteStandsOnce(KvHistory history, List<JsonNode> log) {
		Map<Object, List<Long>> indexes = new HashMap<>();
		for (JsonNode line : log) {
			assertThat(line.get("kind").stringValue()).isEqualTo("decided");
			indexes.computeIfAbsent(value(line), (value) -> new ArrayList<>()).add(line.get("index").longValue());
		}
		assertThat(indexes).allSatisfy((value, places) -> assertThat(places).as("places of " + value).hasSize(1));
		assertThat(history.writes()).filteredOn(KvHistory.Call::answered)
			.isNotEmpty()
			.allSatisfy((write) -> assertThat(indexes.get(write.value())).as("answered write " + write)
				.containsExactly(write.index()));
	}

}
