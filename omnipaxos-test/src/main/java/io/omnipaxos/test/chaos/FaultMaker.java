package io.omnipaxos.test.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.chaos.Plan.Step;
import io.omnipaxos.test.simulation.DiskFaults;
import io.omnipaxos.test.simulation.LinkFaults;
import io.omnipaxos.test.simulation.SimulatedCluster;

/** Draws what goes wrong, and when it is over. */
final class FaultMaker {

	private static final double[] RATES = { 0.01, 0.05, 0.2, 0.5 };

	private static final int[] DELAYS = { 3, 15, 60, 300 };

	private final List<Step> steps = new ArrayList<>();

	private final SplittableRandom random;

	private final Set<Hazard> hazards;

	private final List<NodeId> nodes;

	private final long end;

	FaultMaker(SplittableRandom random, Set<Hazard> hazards, List<NodeId> nodes, long end) {
		this.random = random;
		this.hazards = hazards;
		this.nodes = nodes;
		this.end = end;
	}

	List<Step> steps() {
		links();
		disks();
		often(Hazard.UNEVEN_LINKS, 100, this::worsen);
		often(Hazard.CUTS, 200, this::cut);
		often(Hazard.PARTITIONS, 400, this::partition);
		often(Hazard.CRASHES, 500, (at) -> crash(at, anyNode()));
		often(Hazard.LEADER_CRASHES, 500, this::crashLeader);
		often(Hazard.PAUSES, 400, this::pause);
		often(Hazard.DISK_ERRORS, 500, this::failDisk);
		often(Hazard.ANNOUNCED_LOSSES, 200, this::raiseAlarm);
		often(Hazard.FULL_STORAGES, 300, this::fill);
		often(Hazard.STORAGES_AWAY, 300, this::takeStorageAway);
		return this.steps;
	}

	private void links() {
		if (!this.hazards.contains(Hazard.LOSS) && !this.hazards.contains(Hazard.DUPLICATION)
				&& !this.hazards.contains(Hazard.DELAY)) {
			return;
		}
		for (long at = 0; at < this.end; at += 200 + this.random.nextInt(1000)) {
			double loss = this.hazards.contains(Hazard.LOSS) ? rate() : 0;
			double duplication = this.hazards.contains(Hazard.DUPLICATION) ? rate() : 0;
			double delay = this.hazards.contains(Hazard.DELAY) ? rate() : 0;
			int longest = DELAYS[this.random.nextInt(DELAYS.length)];
			add(at, new Action.BadLinks(
					new LinkFaults(loss, duplication, delay, longest, this.hazards.contains(Hazard.IN_ORDER))));
		}
	}

	private void worsen(long at) {
		NodeId from = anyNode();
		NodeId to = anyNode();
		if (!from.equals(to)) {
			boolean inOrder = this.random.nextInt(3) == 0;
			LinkFaults faults = new LinkFaults(rate(), rate(), rate(), DELAYS[this.random.nextInt(DELAYS.length)],
					inOrder);
			add(at, new Action.BadLink(from, to, faults));
			add(at + span(500), new Action.BadLink(from, to, LinkFaults.NONE));
		}
	}

	private void disks() {
		if (this.hazards.contains(Hazard.SLOW_DISKS)) {
			for (NodeId node : this.nodes) {
				for (long at = 0; at < this.end; at += 500 + this.random.nextInt(2000)) {
					int longest = DELAYS[this.random.nextInt(DELAYS.length)] / 2;
					add(at, new Action.SlowDisk(node, new DiskFaults(2 * rate(), Math.max(1, longest))));
				}
			}
		}
	}

	private void cut(long at) {
		NodeId from = anyNode();
		NodeId to = anyNode();
		if (from.equals(to)) {
			return;
		}
		boolean both = this.random.nextBoolean();
		long healed = at + span(300);
		add(at, new Action.Cut(from, to, true));
		add(healed, new Action.Cut(from, to, false));
		if (both) {
			add(at, new Action.Cut(to, from, true));
			add(healed, new Action.Cut(to, from, false));
		}
		announceLosses(at);
		announce(healed);
	}

	private void partition(long at) {
		long healed = at + span(400);
		add(at, new Action.Partition(Graph.draw(this.nodes, this.random)));
		announceLosses(at);
		add(healed, new Action.Heal());
		announce(healed);
	}

	private void announce(long at) {
		if (this.hazards.contains(Hazard.ANNOUNCED_LINKS)) {
			add(at + this.random.nextInt(SimulatedCluster.TICK), new Action.Announce());
		}
	}

	private void announceLosses(long at) {
		if (this.hazards.contains(Hazard.ANNOUNCED_LOSSES)) {
			add(at + this.random.nextInt(2 * SimulatedCluster.TICK), new Action.AnnounceLosses());
		}
	}

	/** Truthful or not: nobody has looked. */
	private void raiseAlarm(long at) {
		add(at, new Action.AnnounceLoss(anyNode(), anyNode()));
	}

	private void crash(long at, NodeId node) {
		add(at, new Action.Crash(node, this.random.nextBoolean()));
		announceLosses(at);
		add(at + span(300), new Action.Restart(node));
	}

	private void crashLeader(long at) {
		add(at, new Action.CrashLeader(this.random.nextBoolean()));
		announceLosses(at);
		restartAll(at + span(300));
	}

	private void pause(long at) {
		NodeId node = anyNode();
		add(at, new Action.Pause(node, true));
		add(at + span(150), new Action.Pause(node, false));
	}

	private void failDisk(long at) {
		add(at, new Action.FailDisk(anyNode(), this.random.nextInt(4), this.random.nextBoolean()));
		restartAll(at + span(300));
	}

	private void fill(long at) {
		NodeId node = anyNode();
		add(at, new Action.FillStorage(node, true));
		add(at + span(300), new Action.FillStorage(node, false));
	}

	private void takeStorageAway(long at) {
		NodeId node = anyNode();
		long back = at + span(300);
		add(at, new Action.TakeStorageAway(node, true));
		add(back, new Action.TakeStorageAway(node, false));
		add(back, new Action.Restart(node));
	}

	private void restartAll(long at) {
		this.nodes.forEach((node) -> add(at, new Action.Restart(node)));
	}

	private void often(Hazard hazard, int gap, Consumer<Long> fault) {
		if (this.hazards.contains(hazard)) {
			int rarely = gap * (1 + this.random.nextInt(4));
			for (long at = this.random.nextInt(rarely); at < this.end; at += 1 + this.random.nextInt(2 * rarely)) {
				fault.accept(at);
			}
		}
	}

	/** Most faults are short, a few are long. */
	private long span(int usual) {
		return 1 + this.random.nextInt((this.random.nextInt(4) == 0) ? 4 * usual : usual);
	}

	private double rate() {
		return RATES[this.random.nextInt(RATES.length)];
	}

	private void add(long at, Action action) {
		this.steps.add(new Step(Math.min(at, this.end), action));
	}

	private NodeId anyNode() {
		return this.nodes.get(this.random.nextInt(this.nodes.size()));
	}

}
