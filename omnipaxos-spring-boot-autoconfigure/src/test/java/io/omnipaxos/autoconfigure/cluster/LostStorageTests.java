package io.omnipaxos.autoconfigure.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

import io.omnipaxos.node.Appended;
import io.omnipaxos.node.ReplicatedLog;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node whose database is deleted while it is away comes back as somebody else: the
 * others go on without it, and its operator is told why.
 */
class LostStorageTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	private Path directory;

	private TestCluster cluster;

	@BeforeEach
	void startCluster() {
		this.cluster = new TestCluster("jdbc:h2:file:" + this.directory.resolve("node-%d"));
		this.cluster.startAll();
		append(1, "by 1");
		append(3, "by 3");
		// Everybody has met everybody.
		for (int pid = 1; pid <= 3; pid++) {
			assertThat(log(pid).awaitDecided(2)).succeedsWithin(PATIENCE);
		}
		this.cluster.stop(3);
	}

	@AfterEach
	void stopCluster() {
		this.cluster.close();
	}

	@Test
	void aNodeWithoutItsDatabaseIsTurnedAwayAndTheOthersGoOn() throws Exception {
		Path database = this.directory.resolve("node-3.mv.db");
		Path kept = Files.move(database, this.directory.resolve("kept"));

		this.cluster.start(3);

		awaitHealth(3, 503, "no quorum has been heard",
				"\"disconnectedPeers\":{\"1\":\"refused the stream: status 409, n3 comes with the storage ",
				"Stop it, and start it with the very storage that it had");
		append(1, "without 3");
		append(2, "without 3 too");
		awaitHealth(1, 200, "\"disconnectedPeers\":{\"3\":\"is not spoken to: n3 comes with the storage ");
		assertThat(log(3).status().indexes().accepted()).isZero();

		this.cluster.stop(3);
		Files.move(kept, database, StandardCopyOption.REPLACE_EXISTING);
		this.cluster.start(3);
		assertThat(log(3).awaitDecided(4)).succeedsWithin(PATIENCE);
		awaitHealth(3, 200, "\"status\":\"UP\"");
	}

	/** The way of last resort, as docs/storage.md describes it. */
	@Test
	void aStorageThatTheOthersWereMadeToForgetIsReplaced() throws Exception {
		append(1, "without 3");
		Files.delete(this.directory.resolve("node-3.mv.db"));
		for (int pid = 1; pid <= 2; pid++) {
			this.cluster.context(pid).getBean(JdbcTemplate.class).update("delete from omnipaxos_peer where pid = 3");
		}
		this.cluster.stop(1);
		this.cluster.stop(2);

		this.cluster.startAll();

		assertThat(log(3).awaitDecided(3)).succeedsWithin(PATIENCE);
		assertThat(log(3).append(new KeyValue("by the new 3", 3))).succeedsWithin(PATIENCE)
			.returns(3L, Appended::index);
		assertThat(log(1).awaitDecided(4)).succeedsWithin(PATIENCE);
	}

	private void append(int pid, String key) {
		assertThat(log(pid).append(new KeyValue(key, pid))).succeedsWithin(PATIENCE);
	}

	private ReplicatedLog<KeyValue> log(int pid) {
		return this.cluster.store(pid).values;
	}

	private void awaitHealth(int pid, int status, String... parts) {
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			HttpResponse<String> health = health(pid);
			assertThat(health.statusCode()).isEqualTo(status);
			assertThat(health.body()).contains(parts);
		});
	}

	private HttpResponse<String> health(int pid) throws IOException, InterruptedException {
		URI uri = URI.create("http://127.0.0.1:%d/actuator/health/omniPaxos".formatted(this.cluster.port(pid)));
		return this.http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
	}

}
