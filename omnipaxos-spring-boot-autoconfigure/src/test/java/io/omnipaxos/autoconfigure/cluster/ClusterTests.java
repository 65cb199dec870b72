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
import java.util.stream.Stream;

import io.omnipaxos.autoconfigure.cluster.KeyValueApplication.Store;
import io.omnipaxos.core.LogEntry;
import io.omnipaxos.node.ReplicatedLog;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
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

	private final HttpClient http = HttpClient.newHttpClient();

	private TestCluster cluster;

	@BeforeEach
	void startCluster(@TempDir Path directory) {
		this.cluster = new TestCluster("jdbc:h2:file:" + directory.resolve("node-%d")).startAll();
	}

	@AfterEach
	void stopCluster() {
		this.cluster.close();
	}

	@Test
	void whatIsAppendedOnAnyNodeIsReadOnEveryNode() {
		for (int pid = 1; pid <= 3; pid++) {
			append(pid, "k" + pid);
			assertThat(this.cluster.store(pid).notes.append(new Note("by " + pid))).succeedsWithin(PATIENCE);
		}
		for (int pid = 1; pid <= 3; pid++) {
			assertThat(keys(pid, 3)).containsExactly("k1", "k2", "k3");
			Store store = this.cluster.store(pid);
			patiently().untilAsserted(() -> assertThat(store.leaders).extracting("log").contains("keyValue", "notes"));
		}
	}

	@Test
	void aNodeThatWasAwayHasEverythingWhenItIsBack() {
		append(1, "before");

		this.cluster.stop(3);
		append(1, "while away");
		append(2, "while away too");

		this.cluster.start(3);
		assertThat(keys(3, 3)).containsExactly("before", "while away", "while away too");
		append(3, "back");
		assertThat(keys(1, 4)).endsWith("back");
	}

	@Test
	void aLeaderThatStopsHandsOverFirst() {
		append(1, "before");
		int leader = leader();
		int follower = (leader == 1) ? 2 : 1;

		this.cluster.stop(leader);

		assertThat(log(follower).leader()).hasValueSatisfying((next) -> assertThat(next.value()).isNotEqualTo(leader));
		append(follower, "after");
		assertThat(keys(follower, 2)).containsExactly("before", "after");
	}

	@Test
	void everythingIsThereWhenAllHaveBeenAway() {
		append(1, "before");

		Stream.of(1, 2, 3).forEach(this.cluster::stop);
		this.cluster.startAll();

		assertThat(keys(2, 1)).containsExactly("before");
		append(2, "after");
		assertThat(keys(3, 2)).containsExactly("before", "after");
	}

	@Test
	void operatorsSeeWhetherTheClusterCanDecide() {
		append(1, "a");
		patiently().untilAsserted(() -> assertThat(get(1, "/actuator/health").statusCode()).isEqualTo(200));
		patiently().untilAsserted(() -> assertThat(get(1, "/actuator/omnipaxos").body()).contains("\"cluster\":\"kv\"",
				"\"keyValue\":{", "\"notes\":{", "\"decidedIndex\":1", "\"connected\":true", "\"heard\":true"));
		assertThat(get(1, "/actuator/metrics/omnipaxos.decided?tag=log:keyValue").body()).contains("\"value\":1.0");

		this.cluster.stop(2);
		this.cluster.stop(3);

		patiently().untilAsserted(() -> assertThat(get(1, "/actuator/health").statusCode()).isEqualTo(503));
		assertThat(get(1, "/actuator/omnipaxos").body()).contains("\"quorumConnected\":false");
	}

	private void append(int pid, String key) {
		assertThat(log(pid).append(new KeyValue(key, pid))).succeedsWithin(PATIENCE);
	}

	private ReplicatedLog<KeyValue> log(int pid) {
		return this.cluster.store(pid).values;
	}

	private int leader() {
		return log(1).leader().map((leader) -> (int) leader.value()).orElseThrow();
	}

	private List<String> keys(int pid, long length) {
		assertThat(log(pid).awaitDecided(length)).succeedsWithin(PATIENCE);
		return log(pid).read(0, length)
			.orElseThrow()
			.stream()
			.map((entry) -> ((LogEntry.Decided<KeyValue>) entry).value().key())
			.toList();
	}

	private HttpResponse<String> get(int pid, String path) {
		URI uri = URI.create("http://127.0.0.1:%d%s".formatted(this.cluster.port(pid), path));
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
