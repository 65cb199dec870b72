package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Faults one after the other, each once at least, and a report of what they did. */
final class FaultSeries {

	private static final long SEED = Long.getLong("omnipaxos.faults.seed", System.currentTimeMillis());

	private final List<Fault> faults;

	private final Duration length;

	/**
	 * Creates a series.
	 * @param faults what is done, in an order that depends on the seed
	 * @param length how long to go on with it
	 */
	FaultSeries(List<Fault> faults, Duration length) {
		this.faults = faults;
		this.length = length;
	}

	/** Does all of it to a cluster, and reports under the name of its files. */
	void run(SampleCluster cluster, String name) throws IOException {
		Random random = new Random(SEED);
		long end = System.nanoTime() + this.length.toNanos();
		int nodes = cluster.nodes().size();
		FaultReport report = new FaultReport(Path.of(System.getProperty("sample.reports"), name + "-nodes.md"),
				"Faults of a cluster of " + nodes);
		try {
			FaultRun run = new FaultRun(cluster, SEED, report);
			run.run(Faults.none());
			run.noteFootprint();
			do {
				for (Fault fault : shuffled(nodes, random)) {
					run.run(fault);
				}
			}
			while (System.nanoTime() < end);
			run.run(Faults.none());
			run.nothingIsLeftBehind();
		}
		finally {
			report.close(SEED);
		}
	}

	private List<Fault> shuffled(int nodes, Random random) {
		List<Fault> some = new ArrayList<>(
				this.faults.stream().filter((fault) -> fault.leastNodes() <= nodes).toList());
		Collections.shuffle(some, random);
		return some;
	}

}
