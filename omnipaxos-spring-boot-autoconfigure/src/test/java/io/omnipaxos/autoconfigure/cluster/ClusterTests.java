package io.omnipaxos.autoconfigure.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.omnipaxos.autoconfigure.cluster.KeyValueApplication.Store;
import io.omnipaxos.core.LogEntry;
import io.omnipaxos.node.Appended;
import io.omnipaxos.node.ReplicatedLog;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three applications in one process, with real web servers and real databases, agree on
 * their logs, and one of them may always be missing.
 */
class ClusterTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static TestCluster cluster;

	private final HttpClient http = HttpClient.newHttpClient();

	@BeforeAll
	static void createCluster(@TempDir Path directory) {
		cluster = new TestCluster("jdbc:h2:file:" + directory.resolve("node-%d"));
	}

	@AfterAll
	static void stopCluster() {
		cluster.close();
	}

	@BeforeEach
	void startWhoeverIsMissing() {
		cluster.startAll();
	}

	@Test
	void whatIsAppendedOnAnyNodeIsReadOnEveryNode() {
		long from = append(1, "k1");
		append(2, "k2");
		append(3, "k3");
		for (int pid = 1; pid <= 3; pid++) {
			assertThat(keys(pid, from, 3)).containsExactly("k1", "k2", "k3");
		}
	}

	@Test
	void thereAreTwoLogsAndBothTellWhoLeads() {
		assertThat(cluster.store(1).notes.append(new Note("a"))).succeedsWithin(PATIENCE);
		for (int pid = 1; pid <= 3; pid++) {
			Store store = cluster.store(pid);
			patiently().untilAsserted(() -> assertThat(store.leaders).extracting("log").contains("keyValue", "notes"));
		}
	}

	@Test
	void aNodeThatWasAwayHasEverythingWhenItIsBack() {
		long from = append(1, "before");

		cluster.stop(3);
		append(1, "while away");
		append(2, "while away too");

		cluster.start(3);
		assertThat(keys(3, from, 3)).containsExactly("before", "while away", "while away too");
		append(3, "back");
		assertThat(keys(1, from, 4)).endsWith("back");
	}

	@Test
	void aLeaderThatStopsHandsOverFirst() {
		long from = append(1, "before");
		int leader = log(1).leader().map((known) -> (int) known.value()).orElseThrow();
		int follower = (leader == 1) ? 2 : 1;

		cluster.stop(leader);

		assertThat(log(follower).leader()).hasValueSatisfying((next) -> assertThat(next.value()).isNotEqualTo(leader));
		append(follower, "after");
		assertThat(keys(follower, from, 2)).containsExactly("before", "after");
	}

	@Test
	void everythingIsThereWhenAllHaveBeenAway() {
		long from = append(1, "before");

		Stream.of(1, 2, 3).forEach(cluster::stop);
		cluster.startAll();

		assertThat(keys(2, from, 1)).containsExactly("before");
		append(2, "after");
		assertThat(keys(3, from, 2)).containsExactly("before", "after");
	}

	@Test
	void operatorsSeeWhetherTheClusterCanDecide() {
		append(1, "a");
		patiently().untilAsserted(() -> assertThat(get(1, "/actuator/health").statusCode()).isEqualTo(200));
		patiently().untilAsserted(() -> assertThat(get(1, "/actuator/omnipaxos").body()).contains("\"cluster\":\"kv\"",
				"\"keyValue\":{", "\"notes\":{", "\"decidedIndex\":", "\"connected\":true", "\"heard\":true"));
		assertThat(get(1, "/actuator/metrics/omnipaxos.decided?tag=log:keyValue").body()).contains("\"COUNT\"");

		cluster.stop(2);
		cluster.stop(3);

		patiently().untilAsserted(() -> assertThat(get(1, "/actuator/health").statusCode()).isEqualTo(503));
		assertThat(get(1, "/actuator/omnipaxos").body()).contains("\"quorumConnected\":false");
	}

	private long append(int pid, String key) {
		CompletableFuture<Appended> appended = log(pid).append(new KeyValue(key, pid));
		assertThat(appended).succeedsWithin(PATIENCE);
		return appended.join().index();
	}

	private ReplicatedLog<KeyValue> log(int pid) {
		return cluster.store(pid).values;
	}

	private List<String> keys(int pid, long from, int count) {
		assertThat(log(pid).awaitDecided(from + count)).succeedsWithin(PATIENCE);
		return log(pid).read(from, from + count)
			.orElseThrow()
			.stream()
			.map((entry) -> ((LogEntry.Decided<KeyValue>) entry).value().key())
			.toList();
	}

	private HttpResponse<String> get(int pid, String path) {
		URI uri = URI.create("http://127.0.0.1:%d%s".formatted(cluster.port(pid), path));
		try {
			return this.http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static ConditionFactory patiently() {
		return Awaitility.await().atMost(PATIENCE);
	}

}
