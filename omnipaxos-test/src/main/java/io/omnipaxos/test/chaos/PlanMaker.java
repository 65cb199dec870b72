package io.omnipaxos.test.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.chaos.Plan.Step;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulationSettings;

/** Draws the plan of one run from its seed. */
final class PlanMaker {

	private static final int SHORTEST = 60 * SimulatedCluster.TICK;

	private static final int LONGEST = 400 * SimulatedCluster.TICK;

	private final SplittableRandom random;

	private final Set<Hazard> hazards;

	private final SimulationSettings settings;

	private final List<Step> steps = new ArrayList<>();

	private final long end;

	/**
	 * Begins a plan.
	 * @param seed where everything comes from
	 * @param profile which hazards may occur
	 * @param nodes size of the cluster, zero for any
	 */
	PlanMaker(long seed, Profile profile, int nodes) {
		this.random = new SplittableRandom(seed);
		this.hazards = profile.draw(this.random);
		this.settings = new SettingsMaker(this.random, this.hazards).settings(nodes, seed);
		this.end = this.random.nextInt(SHORTEST, LONGEST);
	}

	Plan plan() {
		inputs();
		FaultMaker faults = new FaultMaker(this.random, this.hazards, nodes(), this.end);
		this.steps.addAll(faults.steps());
		this.steps.sort(Comparator.comparingLong(Step::at));
		NodeId hub = anyNode();
		Graph leftOver = Graph.drawAround(hub, this.settings.cluster().prepareQuorum(), nodes(), this.random);
		return new Plan(this.settings, this.steps, this.end, hub, leftOver);
	}

	private void inputs() {
		int gap = 1 + this.random.nextInt(40);
		long at = this.random.nextInt(100);
		int appended = 0;
		while (at < this.end) {
			boolean burst = this.random.nextInt(10) == 0;
			NodeId node = anyNode();
			for (int i = burst ? 1 + this.random.nextInt(20) : 1; i > 0; i--) {
				add(at, new Action.Append(node, text(appended++)));
			}
			at += 1 + this.random.nextInt(2 * gap);
		}
		often(Hazard.BARRIERS, 60, () -> new Action.Barrier(anyNode()));
		often(Hazard.TRIMS, 200, () -> new Action.Trim(anyNode(), share()));
		often(Hazard.SNAPSHOTS, 200, () -> new Action.Snapshot(anyNode(), share(), this.random.nextBoolean()));
		often(Hazard.PRIORITIES, 400, () -> new Action.Priority(anyNode(), this.random.nextInt(4)));
		often(Hazard.TAKE_OVERS, 400, () -> new Action.TakeOver(anyNode()));
		often(Hazard.HAND_OVERS, 400, Action.HandOver::new);
		if (this.hazards.contains(Hazard.STOP_SIGN)) {
			long late = this.end / 2 + this.random.nextLong(this.end / 2);
			add(late, new Action.Reconfigure(anyNode(), new SettingsMaker(this.random, this.hazards).next()));
		}
	}

	private double share() {
		return this.random.nextBoolean() ? 1 : this.random.nextInt(10) / 10.0;
	}

	private String text(int number) {
		String padding = (this.random.nextInt(8) == 0) ? ".".repeat(this.random.nextInt(200)) : "";
		if (this.hazards.contains(Hazard.LONG_ENTRIES) && this.random.nextInt(8) == 0) {
			padding = ".".repeat(SettingsMaker.LONGEST_ENTRY - 50 + this.random.nextInt(100));
		}
		return "e" + number + padding;
	}

	private void often(Hazard hazard, int gap, Supplier<Action> action) {
		if (this.hazards.contains(hazard)) {
			long at = this.random.nextInt(2 * gap);
			while (at < this.end) {
				add(at, action.get());
				at += 1 + this.random.nextInt(2 * gap);
			}
		}
	}

	private void add(long at, Action action) {
		this.steps.add(new Step(at, action));
	}

	private List<NodeId> nodes() {
		return this.settings.cluster().nodes();
	}

	private NodeId anyNode() {
		return nodes().get(this.random.nextInt(nodes().size()));
	}

}
