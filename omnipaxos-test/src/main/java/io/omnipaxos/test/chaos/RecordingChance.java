package io.omnipaxos.test.chaos;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.Chance;
import io.omnipaxos.test.simulation.DiskFaults;
import io.omnipaxos.test.simulation.Fate;
import io.omnipaxos.test.simulation.LinkFaults;

/** Writes down whatever another chance decides. */
final class RecordingChance implements Chance {

	private final List<Luck> luck = new ArrayList<>();

	private final Chance chance;

	RecordingChance(Chance chance) {
		this.chance = chance;
	}

	List<Luck> luck() {
		return this.luck;
	}

	@Override
	public Fate message(NodeId from, NodeId to, long number, LinkFaults faults) {
		Fate fate = this.chance.message(from, to, number, faults);
		if (!fate.equals(Fate.ARRIVES)) {
			this.luck.add(new Luck.OfMessage(from, to, number, fate));
		}
		return fate;
	}

	@Override
	public int disk(NodeId node, long number, DiskFaults faults) {
		int delay = this.chance.disk(node, number, faults);
		if (delay > 0) {
			this.luck.add(new Luck.OfDisk(node, number, delay));
		}
		return delay;
	}

}
