package io.omnipaxos.autoconfigure.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.autoconfigure.cluster.KeyValueApplication.Store;
import io.omnipaxos.core.LogEntry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three applications in one process, with real web servers and real databases, agree on
 * their logs.
 */
class ClusterTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void whatIsAppendedOnAnyNodeIsReadOnEveryNode(@TempDir Path directory) throws Exception {
		try (TestCluster cluster = new TestCluster("jdbc:h2:file:" + directory.resolve("node-%d")).startAll()) {
			for (int pid = 1; pid <= 3; pid++) {
				cluster.store(pid).values.append(new KeyValue("k" + pid, pid)).get(20, TimeUnit.SECONDS);
				cluster.store(pid).notes.append(new Note("by " + pid)).get(20, TimeUnit.SECONDS);
			}
			for (int pid = 1; pid <= 3; pid++) {
				Store store = cluster.store(pid);
				store.values.awaitDecided(3).get(20, TimeUnit.SECONDS);
				assertThat(store.values.read(0, 3)).hasValueSatisfying((entries) -> assertThat(entries)
					.extracting((entry) -> ((LogEntry.Decided<KeyValue>) entry).value().key())
					.containsExactly("k1", "k2", "k3"));
				Awaitility.await()
					.atMost(PATIENCE)
					.untilAsserted(() -> assertThat(store.leaders).isNotEmpty()
						.allSatisfy((event) -> assertThat(event.log()).isIn("keyValue", "notes")));
			}
		}
	}

}
