package io.omnipaxos.test.conformance;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.omnipaxos.core.LogEntry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulatedNode;
import io.omnipaxos.test.simulation.Timespan;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.conformance.Scenario.SEED;
import static io.omnipaxos.test.conformance.Scenario.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scenarios 26 to 29: logs of 2,000 entries, decided everywhere, that are trimmed or
 * snapshotted by their leader.
 */
class CompactionConformanceTests {

	private static final NodeId LEADER = new NodeId(1);

	private static final int ENTRIES = 2000;

	@Test
	void trimsEverywhere() {
		SimulatedCluster cluster = full();

		cluster.tell(LEADER, "trim", (replica) -> replica.trim(1000L));
		cluster.run(WAIT);

		everyNodeReads(cluster, 1000, (node) -> new LogEntry.Trimmed<>(1000));
	}

	@Test
	void trimsTwiceInARow() {
		SimulatedCluster cluster = full();

		cluster.tell(LEADER, "trim", (replica) -> replica.trim(1000L));
		cluster.tell(LEADER, "trim", (replica) -> replica.trim(1010L));
		cluster.run(WAIT);

		everyNodeReads(cluster, 1010, (node) -> new LogEntry.Trimmed<>(1010));
	}

	@Test
	void snapshotsEverywhere() {
		SimulatedCluster cluster = full();

		cluster.tell(LEADER, "snapshot", (replica) -> replica.snapshot(1000L, false));
		cluster.run(WAIT);

		everyNodeReads(cluster, 1000, (node) -> Scenario.snapshot(node.pid(), 1000));
	}

	@Test
	void mergesASecondSnapshotIntoTheFirst() {
		SimulatedCluster cluster = full();
		cluster.tell(LEADER, "snapshot", (replica) -> replica.snapshot(1000L, false));
		cluster.run(WAIT);

		cluster.tell(LEADER, "snapshot", (replica) -> replica.snapshot(1010L, false));
		cluster.run(WAIT);

		everyNodeReads(cluster, 1010, (node) -> Scenario.snapshot(node.pid(), 1010));
	}

	private static SimulatedCluster full() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(3, SEED).ledBy(LEADER);
		Scenario.append(cluster, LEADER, 1, ENTRIES);
		cluster.runUntil(Condition.everyRunningNodeDecided(ENTRIES), WAIT);
		cluster.run(Timespan.electionRounds(5));
		return cluster;
	}

	private static void everyNodeReads(SimulatedCluster cluster, int compacted,
			Function<SimulatedNode, LogEntry<Payload>> beginning) {
		for (SimulatedNode node : cluster.nodes()) {
			LogEntry<Payload> gone = beginning.apply(node);
			for (long index = 0; index < compacted; index++) {
				assertThat(node.core().read(index)).isEqualTo(Optional.of(gone));
			}
			for (long index = compacted; index < ENTRIES; index++) {
				assertThat(node.core().read(index))
					.isEqualTo(Optional.of(new LogEntry.Decided<>(index, Payload.ofText(Long.toString(index + 1)))));
			}
			List<LogEntry<Payload>> suffix = node.core().readDecidedSuffix(0).orElseThrow();
			assertThat(suffix).hasSize(1 + ENTRIES - compacted).startsWith(gone);
		}
	}

}
