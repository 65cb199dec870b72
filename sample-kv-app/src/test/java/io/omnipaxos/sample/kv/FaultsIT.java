package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.time.Duration;

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

	private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("omnipaxos.faults.minutes", 20));

	@ParameterizedTest
	@ValueSource(ints = { 3, 5 })
	void nothingIsLostDoubledOrShownWrongly(int nodes) throws IOException {
		String name = "faults-" + nodes;
		try (SampleCluster cluster = SampleCluster.fragile(name, nodes, "--omnipaxos.limits.cache=1MB")) {
			new FaultSeries(Faults.all(), LENGTH.dividedBy(2)).run(cluster, name);
		}
	}

}
