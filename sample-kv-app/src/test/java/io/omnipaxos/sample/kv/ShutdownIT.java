package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Nodes are stopped in order while clients work at all of them, and started again, the
 * leader first: as when a new version is rolled out.
 */
@Tag("faults")
class ShutdownIT {

	private static final long SEED = 44;

	private static final int A_GOOD_DEAL = 100;

	private static final int ROUNDS = 2;

	@Test
	void nobodyNoticesButWhoeverAsksTheNodeThatStops() throws IOException {
		try (SampleCluster cluster = SampleCluster.started("shutdown")) {
			long end = 0;
			for (int round = 1; round <= ROUNDS; round++) {
				SampleNode stopping = cluster.leader();
				KvWorkload atStopping = new KvWorkload(List.of(stopping), SEED + round, 2 * round, Duration.ZERO);
				KvWorkload atOthers = new KvWorkload(cluster.others(stopping), SEED - round, 2 * round + 1,
						Duration.ZERO);
				try (atStopping; atOthers) {
					atStopping.awaitWrites(A_GOOD_DEAL);
					SampleNode other = cluster.others(stopping).get(0);
					int logged = other.output().length();
					stopping.stop();
					assertHandedOverBeforeTheStreamsEnded(other, logged);
					atOthers.awaitWrites(A_GOOD_DEAL);
					stopping.start();
					stopping.awaitHealthy();
					atStopping.awaitWrites(A_GOOD_DEAL);
				}
				System.out.printf("Leader stopped: its clients %s, other clients %s, %d ms without an answered write%n",
						atStopping.outcomes(), atOthers.outcomes(), atOthers.history().longestGap().toMillis());
				assertThat(atOthers.outcomes()).containsOnlyKeys("read ok", "write ok");
				// While it stops, is down, and starts: before it has heard of a quorum.
				assertThat(atStopping.outcomes().keySet()).isSubsetOf("read ok", "write ok", "read 503 stopped",
						"write 503 stopped", "read not connected", "write not connected", "read 503 no-quorum",
						"write 503 no-quorum");
				assertThat(atStopping.history().writes()).allMatch(KvHistory.Call::answered);
				LogCheck.check(cluster, atStopping.history(), end);
				end = LogCheck.check(cluster, atOthers.history(), end);
			}
		}
	}

	private static void assertHandedOverBeforeTheStreamsEnded(SampleNode other, int logged) {
		await().untilAsserted(() -> assertThat(other.output().substring(logged)).contains("has ended the streams"));
		String output = other.output().substring(logged);
		assertThat(output.indexOf(" leads with ballot ")).isNotNegative()
			.isLessThan(output.indexOf("has ended the streams"));
	}

}
