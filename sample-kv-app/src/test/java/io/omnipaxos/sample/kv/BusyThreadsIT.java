package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Another part of the application keeps every request thread of every node busy, for
 * longer than every timeout of the protocol and of its streams. Heartbeats go on, and
 * what the application appends meanwhile is decided: open streams need none of these
 * threads.
 */
@Tag("faults")
class BusyThreadsIT {

	private static final int THREADS = 4;

	private static final int SECONDS = 9;

	private final ExecutorService users = Executors.newCachedThreadPool();

	@Test
	void nodesGoOnTalkingWhileNoRequestThreadIsFree() throws Exception {
		try (SampleCluster cluster = SampleCluster.fragile("busy-threads", 3, "--server.tomcat.threads.max=" + THREADS,
				"--server.tomcat.threads.min-spare=1", "--omnipaxos.election-timeout=1500ms")) {
			long elections = electionsOnceSteady(cluster);
			List<Future<JsonNode>> floods = new ArrayList<>();
			List<Future<KvClient.Answer>> others = new ArrayList<>();
			for (SampleNode node : cluster.nodes()) {
				floods
					.add(this.users.submit(() -> node.client().post("flood?rate=200&seconds=" + SECONDS).ok().body()));
				for (int other = 1; other < THREADS; other++) {
					others.add(this.users.submit(() -> node.client().get("busy?seconds=" + SECONDS).ok()));
				}
			}

			for (SampleNode node : cluster.nodes()) {
				await().until(() -> hasNoFreeThread(node));
			}

			for (Future<JsonNode> flood : floods) {
				assertThat(flood.get().get("offeredASecond").doubleValue()).isGreaterThan(50);
				assertThat(flood.get().get("decidedASecond").doubleValue())
					.isGreaterThan(0.5 * flood.get().get("offeredASecond").doubleValue());
				assertThat(flood.get().get("failed").longValue()).isZero();
			}
			for (Future<KvClient.Answer> other : others) {
				assertThat(other.get().isOk()).isTrue();
			}
			assertThat(elections(cluster)).as("elections seen").isEqualTo(elections);
			assertThat(cluster.links().connections()).allSatisfy((way, count) -> assertThat(count).isPositive());
		}
		finally {
			this.users.shutdownNow();
		}
	}

	private static boolean hasNoFreeThread(SampleNode node) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:%d/kv?consistency=local".formatted(node.port())))
			.timeout(Duration.ofMillis(500))
			.build();
		try {
			HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
			return false;
		}
		catch (HttpTimeoutException ex) {
			return true;
		}
	}

	/** Nodes that are just starting may elect more than one leader. */
	private static long electionsOnceSteady(SampleCluster cluster) {
		AtomicLong last = new AtomicLong(-1);
		return await().pollInterval(Duration.ofSeconds(3)).until(() -> {
			long now = elections(cluster);
			return (last.getAndSet(now) == now) ? now : -1;
		}, (steady) -> steady >= 0);
	}

	private static long elections(SampleCluster cluster) throws IOException {
		long sum = 0;
		for (SampleNode node : cluster.nodes()) {
			sum += (long) node.client().metric("omnipaxos.elections");
		}
		return sum;
	}

}
