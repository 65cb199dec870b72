package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Does one bad thing after the other to a cluster, clients at work at all nodes, and
 * checks after each that nothing was lost, doubled or shown wrongly, and that the cluster
 * is as well as before.
 */
final class FaultRun {

	/** Leaves the machine some time for other things than the clients. */
	private static final Duration CLIENT_PAUSE = Duration.ofMillis(10);

	private static final int SOME_WRITES = 50;

	/** Threads that are not needed any more, and connections, live on for a minute. */
	private static final Duration CALM = Duration.ofMinutes(3);

	/** Looks so seldom that the looking itself needs no threads. */
	private static final Duration GLANCE = Duration.ofSeconds(20);

	private final SampleCluster cluster;

	private final long seed;

	private final Random random;

	private final FaultReport report;

	private final List<Footprint> before = new ArrayList<>();

	private int number;

	private long logEnd;

	FaultRun(SampleCluster cluster, long seed, FaultReport report) {
		this.cluster = cluster;
		this.seed = seed;
		this.random = new Random(seed);
		this.report = report;
	}

	/** Lives through one fault. */
	void run(Fault fault) throws IOException {
		this.number++;
		System.out.printf("%d. %s%n", this.number, fault.name());
		KvWorkload workload = new KvWorkload(this.cluster.nodes(), this.seed + this.number, this.number, CLIENT_PAUSE);
		long begun = System.nanoTime();
		long over;
		try (workload) {
			workload.awaitWrites(SOME_WRITES);
			Fault.Relief relief = fault.strike().on(this.cluster, this.random);
			Pause.of(fault.length());
			relief.come();
			over = System.nanoTime();
			this.cluster.nodes().forEach(SampleNode::awaitHealthy);
			this.report.healthyAfter(Duration.ofNanos(System.nanoTime() - over));
			workload.awaitWrites(SOME_WRITES);
		}
		this.logEnd = LogCheck.check(this.cluster, workload.history(), this.logEnd);
		everyNodeTakesAWrite();
		this.report.add(this.cluster.nodes().size(), fault, workload, Duration.ofNanos(System.nanoTime() - begun));
	}

	/** No write of a workload has a negative value. */
	private void everyNodeTakesAWrite() throws IOException {
		for (SampleNode node : this.cluster.nodes()) {
			node.client().put("calm", -(10 * this.number + this.cluster.pidOf(node))).ok();
		}
	}

	/** Notes what the nodes hold, to compare with at the end. */
	void noteFootprint() throws IOException {
		for (SampleNode node : this.cluster.nodes()) {
			this.before.add(Footprint.of(node));
		}
	}

	/** Checks that the nodes hold no more than they did, once they are calm. */
	void nothingIsLeftBehind() {
		Footprint most = this.before.stream().reduce(Footprint::or).orElseThrow();
		for (SampleNode node : this.cluster.nodes()) {
			KvClient client = node.client();
			Footprint now = await().atMost(CALM)
				.pollInterval(GLANCE)
				.until(() -> Footprint.of(node, client), (footprint) -> footprint.excessOver(most).isEmpty());
			this.report.footprint(this.cluster.pidOf(node), this.before.get(this.cluster.pidOf(node) - 1), now);
		}
		assertThat(this.cluster.links().connections())
			.allSatisfy((way, count) -> assertThat(count).as(way).isBetween(1, 2));
	}

}
