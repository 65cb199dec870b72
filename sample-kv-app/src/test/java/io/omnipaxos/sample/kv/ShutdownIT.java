package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.omnipaxos.sample.kv.KvHistory.Call;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Nodes are stopped in order while clients work at all of them, and started again, the
 * leader first: as when a new version is rolled out.
 * <p>
 * System property {@code omnipaxos.shutdown.rounds}: how often, once unless told
 * otherwise.
 */
class ShutdownIT {

	private static final long SEED = 44;

	private static final Pattern LEADER = Pattern.compile(": (\\w+) leads with ballot ");

	private static final int A_GOOD_DEAL = 100;

	private static final int ROUNDS = Integer.getInteger("omnipaxos.shutdown.rounds", 1);

	@Test
	void nobodyNoticesButWhoeverAsksTheNodeThatStops() throws IOException {
		try (SampleCluster cluster = SampleCluster.started("shutdown")) {
			long end = 0;
			for (int round = 1; round <= ROUNDS; round++) {
				SampleNode stopping = cluster.leader();
				KvWorkload atStopping = new KvWorkload(List.of(stopping), SEED + round, 2 * round, KvWorkload.BREATH);
				KvWorkload atOthers = new KvWorkload(cluster.others(stopping), SEED - round, 2 * round + 1,
						KvWorkload.BREATH);
				Duration gap;
				try (atStopping; atOthers) {
					atStopping.awaitWrites(A_GOOD_DEAL);
					Map<SampleNode, Integer> others = lengthsOfLogs(cluster.others(stopping));
					long begun = System.nanoTime();
					stopping.stop();
					assertThat(others).anySatisfy((other, logged) -> assertThat(leaderWhenStreamsEnded(other, logged))
						.isEqualTo("n" + cluster.pidOf(other)));
					atOthers.awaitWrites(A_GOOD_DEAL);
					gap = atOthers.history().longestGap(begun, System.nanoTime());
					stopping.start();
					stopping.awaitHealthy();
					atStopping.awaitWrites(A_GOOD_DEAL);
				}
				print(atStopping, atOthers, gap);
				assertThat(atOthers.outcomes()).containsOnlyKeys("read ok", "write ok");
				// While it stops, is down, and starts: before it has heard of a quorum.
				// A connection that comes just when the port is closed gets no answer.
				assertThat(atStopping.outcomes().keySet()).isSubsetOf("read ok", "write ok", "read 503 stopped",
						"write 503 stopped", "read not connected", "write not connected", "read no answer",
						"write no answer", "read 503 no-quorum", "write 503 no-quorum");
				long start = end;
				LogCheck.check(cluster, atStopping.history(), start);
				end = LogCheck.check(cluster, atOthers.history(), start);
				assertThat(unanswered(atStopping)).doesNotContainAnyElementsOf(LogCheck.values(cluster, start));
			}
		}
	}

	private static void print(KvWorkload atStopping, KvWorkload atOthers, Duration gap) {
		System.out.printf(
				"Leader stopped: its clients %s, other clients %s, %d ms without an answered write;"
						+ " %d ms at most while it started again%n",
				atStopping.outcomes(), atOthers.outcomes(), gap.toMillis(), atOthers.history().longestGap().toMillis());
	}

	private static Map<SampleNode, Integer> lengthsOfLogs(List<SampleNode> nodes) {
		return nodes.stream().collect(Collectors.toMap(Function.identity(), (node) -> node.output().length()));
	}

	private static List<Object> unanswered(KvWorkload workload) {
		return workload.history().writes().stream().filter((write) -> !write.answered()).map(Call::value).toList();
	}

	/** Whoever takes over knows that it leads before the streams of the other end. */
	private static @Nullable String leaderWhenStreamsEnded(SampleNode node, int logged) {
		String ended = "has ended the streams";
		await().untilAsserted(() -> assertThat(node.output().substring(logged)).contains(ended));
		String output = node.output();
		return LEADER.matcher(output.substring(0, output.indexOf(ended, logged)))
			.results()
			.map((line) -> line.group(1))
			.reduce((first, second) -> second)
			.orElse(null);
	}

}
