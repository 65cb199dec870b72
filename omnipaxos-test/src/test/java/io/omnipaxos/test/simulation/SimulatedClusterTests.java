package io.omnipaxos.test.simulation;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.model.NodeId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The same settings and the same calls give the same run. */
class SimulatedClusterTests {

	private static final LinkFaults FAULTS = new LinkFaults(0.2, 0.1, 0.3, 20, false);

	private final SimulationSettings settings = SimulationSettings.ofNodes(3, 7);

	@Test
	void clustersOfTheSameSettingsRunAlike() {
		List<String> first = trace(this.settings);
		List<String> second = trace(this.settings);

		assertThat(first).anyMatch((line) -> line.endsWith("LOST"));
		assertThat(second).isEqualTo(first);
	}

	@Test
	void anotherSeedIsAnotherRun() {
		assertThat(trace(SimulationSettings.ofNodes(3, 8))).isNotEqualTo(trace(this.settings));
	}

	private static List<String> trace(SimulationSettings settings) {
		List<String> lines = new ArrayList<>();
		SimulatedCluster cluster = SimulatedCluster.of(settings, new Trace(lines::add, true));
		cluster.links().faults(FAULTS);
		for (NodeId node : settings.cluster().nodes()) {
			cluster.disk(node, new DiskFaults(0.5, 20));
			cluster.append(node, "of " + node);
			cluster.run(Timespan.electionRounds(5));
		}
		return lines;
	}

}
