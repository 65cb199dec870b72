package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Ten times as many writes as the cluster can decide, for a minute: those too many are
 * refused at once, the others are decided as before, nobody loses the lead, and soon
 * after it is as if nothing had been.
 * <p>
 * Run by {@code mvn verify -Pfaults -pl sample-kv-app -am}. System property:
 * {@code omnipaxos.overload.seconds}, how long.
 */
@Tag("faults")
class OverloadIT {

	private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("omnipaxos.overload.seconds", 60));

	private static final Duration MEASURED = Duration.ofSeconds(10);

	private static final Duration CALM = Duration.ofSeconds(10);

	/**
	 * Slow disks and few places make a cluster that one machine can push ten times as
	 * hard as it can bear, with the web servers' share of the work.
	 */
	@Test
	void usersWhoAreTooManyAreTurnedAway() throws IOException {
		try (SampleCluster cluster = SampleCluster.fragile("overload-users", 3, "--kv.max-waiting-writes=5")) {
			cluster.nodes().forEach((node) -> cluster.slowDisk(node, Duration.ofMillis(200)));
			OpenLoad.run(cluster.nodes(), Integer.MAX_VALUE, 5, MEASURED);
			OpenLoad most = OpenLoad.run(cluster.nodes(), Integer.MAX_VALUE, 5, MEASURED);
			Baseline before = Baseline.of(cluster);

			OpenLoad overload = OpenLoad.run(cluster.nodes(), 10 * most.rate("ok"), 100, LENGTH);

			System.out.printf("Most:     %s%nOverload: %s%n", most, overload);
			before.isStillTrue(cluster);
			assertThat(overload.outcomes()).containsExactlyInAnyOrder("ok", "503 overloaded");
			assertThat(overload.rate("ok")).isGreaterThan(0.8 * most.rate("ok"));
		}
	}

	/** The log alone, with no web server in between. */
	@Test
	void anApplicationThatAppendsTooMuchIsRefused() throws IOException {
		try (SampleCluster cluster = SampleCluster.fragile("overload-appends", 3,
				"--omnipaxos.limits.max-pending=64KB")) {
			cluster.nodes().forEach((node) -> cluster.slowDisk(node, Duration.ofMillis(100)));
			flood(cluster, "rate=20000&waiting=250", MEASURED);
			double most = decided(flood(cluster, "rate=20000&waiting=250", MEASURED));
			Baseline before = Baseline.of(cluster);

			List<JsonNode> overload = flood(cluster, "rate=%d".formatted((long) (10 * most / 3)), LENGTH);

			System.out.printf("Most: %.0f appends a second%nOverload, node by node: %s%n", most, overload);
			before.isStillTrue(cluster);
			assertThat(overload).allMatch((outcome) -> outcome.get("failed").longValue() == 0);
			assertThat(decided(overload)).isGreaterThan(0.8 * most);
		}
	}

	/**
	 * As many small entries as can be made, and as many of them waiting as may. A heap
	 * that is nearly full stands still now and then, which may cost the lead; nothing
	 * else.
	 */
	@Test
	void theDefaultLimitsFitASmallHeap() throws IOException {
		try (SampleCluster cluster = SampleCluster.fragile("overload-memory", 3)) {
			flood(cluster, "rate=100000&waiting=1000", MEASURED);
			Baseline before = Baseline.of(cluster);

			List<JsonNode> overload = flood(cluster, "rate=100000", LENGTH);

			long ended = System.nanoTime();
			before.isCalmAgain(cluster, CALM.multipliedBy(3));
			long calmMillis = Duration.ofNanos(System.nanoTime() - ended).toMillis();
			System.out.printf("As much as can be made, node by node: %s%n", overload);
			System.out.printf("Calm after %d ms, elections: %.0f before, %.0f after%n", calmMillis, before.elections(),
					Baseline.elections(cluster));
			before.fitsTheHeap(cluster);
			assertThat(overload).allMatch((outcome) -> outcome.get("failed").longValue() == 0);
		}
	}

	private static List<JsonNode> flood(SampleCluster cluster, String query, Duration length) {
		String path = "flood?%s&seconds=%d".formatted(query, length.toSeconds());
		return cluster.nodes().parallelStream().map((node) -> {
			try {
				return node.client().post(path, length.plusSeconds(30)).ok().body();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}).toList();
	}

	private static double decided(List<JsonNode> outcomes) {
		return outcomes.stream().mapToDouble((outcome) -> outcome.get("decidedASecond").doubleValue()).sum();
	}

	/** What must be as it was. */
	private record Baseline(double elections, Footprint footprint) {

		static Baseline of(SampleCluster cluster) throws IOException {
			Footprint most = null;
			for (SampleNode node : cluster.nodes()) {
				Footprint footprint = Footprint.of(node);
				most = (most != null) ? most.or(footprint) : footprint;
			}
			return new Baseline(elections(cluster), most);
		}

		private static double elections(SampleCluster cluster) throws IOException {
			double sum = 0;
			for (SampleNode node : cluster.nodes()) {
				sum += node.client().metric("omnipaxos.elections");
			}
			return sum;
		}

		void isStillTrue(SampleCluster cluster) throws IOException {
			isCalmAgain(cluster, CALM);
			assertThat(elections(cluster)).as("elections").isEqualTo(this.elections);
			fitsTheHeap(cluster);
		}

		void isCalmAgain(SampleCluster cluster, Duration within) {
			await().atMost(within).untilAsserted(() -> {
				for (SampleNode node : cluster.nodes()) {
					assertThat(node.client().status().get("pending").intValue()).isZero();
					node.client().put("calm", 1).ok();
				}
			});
		}

		void fitsTheHeap(SampleCluster cluster) throws IOException {
			for (SampleNode node : cluster.nodes()) {
				Footprint now = Footprint.of(node);
				System.out.printf("Before: %s; after: %s%n", this.footprint, now);
				assertThat(now.heapMegabytes()).isLessThan(this.footprint.heapMegabytes() + 64);
			}
			assertThat(cluster.nodes().stream().map(SampleNode::output))
				.noneMatch((output) -> output.contains("OutOfMemoryError"));
		}

	}

}
