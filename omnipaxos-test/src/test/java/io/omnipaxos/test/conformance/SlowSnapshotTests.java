package io.omnipaxos.test.conformance;

import io.omnipaxos.core.Limits;
import io.omnipaxos.core.Role;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.LinkFaults;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulationSettings;
import io.omnipaxos.test.simulation.Timespan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.conformance.Scenario.N1;
import static io.omnipaxos.test.conformance.Scenario.N2;
import static io.omnipaxos.test.conformance.Scenario.N3;
import static io.omnipaxos.test.conformance.Scenario.SEED;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Node 3 was away and is behind slow links, and the others have a large snapshot, of
 * which a piece takes it some five ticks. Entries come in, and snapshots are asked for,
 * every few ticks, and each is taken in less time than one is fetched.
 */
class SlowSnapshotTests {

	private static final int TICKS = 1000;

	private static final int BEFORE = 100;

	private static final LinkFaults SLOW = new LinkFaults(0, 0, 1, 45, true);

	private static final String PADDING = "-".repeat(40);

	private final SimulatedCluster cluster = SimulatedCluster
		.of(SimulationSettings.ofNodes(3, SEED)
			.withServer((server) -> server.withElectionTickTimeout(10)
				.withResendMessageTickTimeout(20)
				.withLimits(new Limits(256, 100_000, 100_000, 200, 2000, 100))))
		.ledBy(N1);

	@BeforeEach
	void missASnapshot() {
		this.cluster.crash(N3);
		for (int i = 0; i < BEFORE; i++) {
			this.cluster.append(N1, i + PADDING);
		}
		this.cluster.runUntil(Condition.everyRunningNodeDecided(BEFORE), Timespan.ticks(100));
		this.cluster.run(Timespan.ticks(40));
		snapshot();
		this.cluster.run(Timespan.ticks(200));
		assertThat(compacted(N1)).isEqualTo(BEFORE);
		assertThat(compacted(N2)).isEqualTo(BEFORE);
		for (NodeId other : new NodeId[] { N1, N2 }) {
			this.cluster.links().faults(N3, other, SLOW);
			this.cluster.links().faults(other, N3, SLOW);
		}
		for (int tick = 0; tick < TICKS; tick += 5) {
			this.cluster.after((long) tick * SimulatedCluster.TICK, this::snapshot);
			if (tick % 2 == 0) {
				String text = tick + PADDING;
				this.cluster.after((long) tick * SimulatedCluster.TICK, () -> this.cluster.append(N1, text));
			}
		}
	}

	private void snapshot() {
		this.cluster.tell(N1, "snapshot everywhere", (replica) -> replica.snapshot(null, false));
	}

	@Test
	void aNodeArrivesThoughSnapshotsAreTakenMoreOftenThanItCanFetchOne() {
		this.cluster.restart(N3);

		this.cluster.runUntil(new Condition("node 3 follows, and is hardly behind", (all) -> isHardlyBehind()),
				Timespan.ticks(TICKS));
	}

	private boolean isHardlyBehind() {
		return this.cluster.node(N3).core().status().role() == Role.FOLLOWING && decided(N3) + 2 >= decided(N1);
	}

	/** Each time it begins with nothing, and so it never has a whole snapshot. */
	@Test
	void aNodeThatBeginsAgainAndAgainHoldsNoCompactionUpForEver() {
		for (int tick = 0; tick < TICKS; tick += 40) {
			this.cluster.restart(N3);
			this.cluster.run(Timespan.ticks(40));
			this.cluster.crash(N3);
		}

		assertThat(this.cluster.node(N3).decided()).isEmpty();
		assertThat(compacted(N1)).isGreaterThan(BEFORE);
		assertThat(compacted(N2)).isGreaterThan(BEFORE);
	}

	private long decided(NodeId node) {
		return this.cluster.node(node).core().indexes().decided();
	}

	private long compacted(NodeId node) {
		return this.cluster.node(node).core().indexes().compacted();
	}

}
