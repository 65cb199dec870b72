package io.omnipaxos.test.linearizability;

import java.util.List;
import java.util.SplittableRandom;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.linearizability.LogModel.Action;
import io.omnipaxos.test.linearizability.LogModel.Read;
import io.omnipaxos.test.simulation.DiskFaults;
import io.omnipaxos.test.simulation.LinkFaults;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulatedNode;
import io.omnipaxos.test.simulation.Timespan;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients of a simulated cluster see is linearizable, over changes of the leader,
 * cut links, crashes of proposers and leaders, snapshots and trims.
 */
class SimulatedClientsTests {

	private static final int STEPS = 120;

	@RepeatedTest(60)
	void seeALinearizableLog(RepetitionInfo repetition) {
		SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
		SimulatedCluster cluster = SimulatedCluster.ofNodes(3, repetition.getCurrentRepetition());
		cluster.links().faults(new LinkFaults(0.05, 0.05, 0.2, 25, false));
		ClientHistory history = new ClientHistory(cluster);

		for (int step = 0; step < STEPS; step++) {
			something(cluster, history, random, step);
			for (int unit = 0; unit < 12; unit++) {
				cluster.run(Timespan.units(1));
				history.observe();
			}
		}

		List<Operation<Action>> operations = history.operations();
		assertThat(operations).filteredOn((operation) -> operation.action() instanceof Read)
			.as("reads that were answered")
			.isNotEmpty();
		assertThat(LinearizabilityChecker.isLinearizable(operations, LogModel::new))
			.as("seed " + repetition.getCurrentRepetition())
			.isTrue();
	}

	private static void something(SimulatedCluster cluster, ClientHistory history, SplittableRandom random, int step) {
		NodeId node = new NodeId(1 + random.nextInt(3));
		NodeId other = new NodeId(1 + node.value() % 3);
		switch (random.nextInt(14)) {
			case 0 -> cluster.links().cut(node, other);
			case 1, 2 -> cluster.links().heal(node, other);
			case 3 -> cluster.crash(node);
			case 4, 5 -> cluster.nodes().stream().map(SimulatedNode::pid).forEach(cluster::restart);
			case 6 -> cluster.disk(node, new DiskFaults(random.nextDouble(), 30));
			case 7 -> cluster.tell(node, "snapshot", (replica) -> replica.snapshot(null, false));
			case 8, 9, 10 -> history.read(node);
			default -> history.append(node, "v" + step);
		}
	}

}
