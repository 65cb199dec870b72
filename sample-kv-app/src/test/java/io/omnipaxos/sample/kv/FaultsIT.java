package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything bad, again and again, for as long as is asked for: each fault once at least.
 * Run by {@code mvn verify -Pfaults -pl sample-kv-app -am}.
 * <p>
 * System properties: {@code omnipaxos.faults.minutes}, how long in all, 20 unless told
 * otherwise; {@code omnipaxos.faults.seed}, what to do in which order. The report is in
 * {@code target/faults-3-nodes.md} and {@code target/faults-5-nodes.md}.
 */
@Tag("faults")
class FaultsIT {

	private static final long SEED = Long.getLong("omnipaxos.faults.seed", System.currentTimeMillis());

	private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("omnipaxos.faults.minutes", 20));

	@ParameterizedTest
	@ValueSource(ints = { 3, 5 })
	void nothingIsLostDoubledOrShownWrongly(int nodes) throws IOException {
		Random random = new Random(SEED);
		long end = System.nanoTime() + LENGTH.dividedBy(2).toNanos();
		FaultReport report = new FaultReport(
				Path.of(System.getProperty("sample.reports"), "faults-%d-nodes.md".formatted(nodes)),
				"Faults of a cluster of " + nodes);
		try (SampleCluster cluster = SampleCluster.fragile("faults-" + nodes, nodes, "--omnipaxos.limits.cache=1MB")) {
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

	private static List<Fault> shuffled(int nodes, Random random) {
		List<Fault> faults = new ArrayList<>(
				Faults.all().stream().filter((fault) -> fault.leastNodes() <= nodes).toList());
		Collections.shuffle(faults, random);
		return faults;
	}

}
