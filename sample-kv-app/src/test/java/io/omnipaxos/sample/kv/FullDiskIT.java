package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The disk of a node is full: its replica stops and says so, the others go on, and with
 * room again a restart brings it back with everything that it had.
 * <p>
 * Run by {@code mvn verify -Pfaults -pl sample-kv-app -am}.
 */
@Tag("faults")
class FullDiskIT {

	private static final long SEED = 45;

	private static final int A_GOOD_DEAL = 100;

	@Test
	void aNodeWhoseDiskIsFullStopsAndComesBackWhenThereIsRoom() throws IOException {
		SampleCluster cluster = new SampleCluster("full-disk");
		try (SmallDisk first = new SmallDisk(cluster.dataDirectory(1));
				SmallDisk second = new SmallDisk(cluster.dataDirectory(2));
				SmallDisk third = new SmallDisk(cluster.dataDirectory(3));
				cluster) {
			cluster.start();
			KvWorkload workload = new KvWorkload(cluster.nodes(), SEED, 0, Duration.ofMillis(5));
			try (workload) {
				workload.awaitWrites(A_GOOD_DEAL);
				for (SampleNode full : List.of(cluster.leader(), cluster.others(cluster.leader()).get(0))) {
					SmallDisk disk = List.of(first, second, third).get(cluster.pidOf(full) - 1);
					disk.fill();
					awaitStorageFailure(full);
					cluster.leaderAmong(cluster.others(full));
					workload.awaitWrites(A_GOOD_DEAL);

					disk.free();
					full.stop();
					full.start();
					full.awaitHealthy();
					workload.awaitWrites(A_GOOD_DEAL);
				}
			}
			System.out.println("Disks full: " + workload.outcomes());
			LogCheck.check(cluster, workload.history(), 0);
		}
	}

	private static void awaitStorageFailure(SampleNode node) {
		await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
			KvClient.Answer health = node.client().get("actuator/health");
			assertThat(health.status()).isEqualTo(503);
			assertThat(health.body().toString()).contains("the storage has failed");
		});
		assertThat(node.output()).contains("this node's replica has failed and answers nothing any more");
	}

}
