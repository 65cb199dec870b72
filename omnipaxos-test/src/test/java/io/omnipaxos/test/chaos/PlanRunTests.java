package io.omnipaxos.test.chaos;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.chaos.Graph.Edge;
import io.omnipaxos.test.chaos.Plan.Step;
import io.omnipaxos.test.simulation.DiskFaults;
import io.omnipaxos.test.simulation.LinkFaults;
import io.omnipaxos.test.simulation.RandomChance;
import io.omnipaxos.test.simulation.SimulationSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A plan that is made shorter loses the steps that end its faults. Unless the run ends
 * them all, the shortest plan shows a failure that is none.
 */
class PlanRunTests {

	private static final long CHAOS_ENDS = 200;

	private static final NodeId N1 = new NodeId(1);

	private static final NodeId N2 = new NodeId(2);

	private static final NodeId N3 = new NodeId(3);

	static Stream<List<Action>> faultsThatNoStepEnds() {
		return Stream.of(everywhere((node) -> new Action.FillStorage(node, true)),
				everywhere((node) -> new Action.TakeStorageAway(node, true)),
				everywhere((node) -> new Action.FailDisk(node, 0, false)),
				everywhere((node) -> new Action.SlowDisk(node, new DiskFaults(1, 1000))),
				everywhere((node) -> new Action.Crash(node, false)), everywhere((node) -> new Action.Pause(node, true)),
				List.of(new Action.Partition(new Graph(Set.of()))),
				List.of(new Action.BadLinks(new LinkFaults(1, 0, 0, 1, false))));
	}

	private static List<Action> everywhere(Function<NodeId, Action> fault) {
		return Stream.of(N1, N2, N3).map(fault).toList();
	}

	@ParameterizedTest
	@MethodSource("faultsThatNoStepEnds")
	void endsWhatNoStepEnds(List<Action> faults) {
		List<Step> steps = faults.stream().map((fault) -> new Step(CHAOS_ENDS / 2, fault)).toList();
		Graph all = new Graph(Set.of(Edge.of(N1, N2), Edge.of(N1, N3), Edge.of(N2, N3)));
		Plan plan = new Plan(SimulationSettings.ofNodes(3, 1), steps, CHAOS_ENDS, N1, all);

		assertThat(new PlanRun(plan, new RandomChance(1)).run().entries()).isPositive();
	}

}
