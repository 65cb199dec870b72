package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.awaitility.Awaitility.await;

/**
 * Clients work at all nodes while nodes are killed and stand still, the leader and
 * others. What the clients saw must be what one store on one machine could have shown
 * them, and every write that was answered stands once in the log.
 */
class LinearizabilityIT {

	private static final long SEED = 42;

	private static final int A_GOOD_DEAL = 200;

	/** Longer than it takes to be replaced as a leader. */
	private static final Duration PAUSE = Duration.ofSeconds(3);

	@Test
	void historiesAreLinearizableAndAppendsStandOnce() throws IOException {
		try (SampleCluster cluster = SampleCluster.started("linearizability")) {
			KvWorkload workload = new KvWorkload(cluster.nodes(), SEED);
			try (workload) {
				workload.awaitWrites(A_GOOD_DEAL);
				restart(workload, cluster.leader());
				pause(workload, cluster.leader());
				restart(workload, cluster.others(cluster.leader()).get(0));
				pause(workload, cluster.others(cluster.leader()).get(1));
				restart(workload, cluster.leader());
			}
			cluster.nodes().forEach(SampleNode::awaitHealthy);

			System.out.println("Killed and paused: " + workload.outcomes());
			LogCheck.check(cluster, workload.history(), 0);
		}
	}

	private static void restart(KvWorkload workload, SampleNode node) {
		node.kill();
		workload.awaitWrites(A_GOOD_DEAL);
		node.start();
		node.awaitHealthy();
		workload.awaitWrites(A_GOOD_DEAL);
	}

	private static void pause(KvWorkload workload, SampleNode node) {
		long until = System.nanoTime() + PAUSE.toNanos();
		node.pause();
		await().atMost(PAUSE.multipliedBy(3)).until(() -> System.nanoTime() > until);
		node.resume();
		workload.awaitWrites(A_GOOD_DEAL);
	}

}
