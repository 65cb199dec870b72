package io.omnipaxos.test.chaos;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.Chance;
import io.omnipaxos.test.simulation.DiskFaults;
import io.omnipaxos.test.simulation.Fate;
import io.omnipaxos.test.simulation.LinkFaults;

/** Decides as was written down; whatever was not is the usual. */
final class ReplayedChance implements Chance {

	private final Map<Way, Fate> fates = new HashMap<>();

	private final Map<Way, Integer> delays = new HashMap<>();

	ReplayedChance(List<Luck> luck) {
		for (Luck one : luck) {
			if (one instanceof Luck.OfMessage message) {
				this.fates.put(new Way(message.from(), message.to(), message.number()), message.fate());
			}
			else if (one instanceof Luck.OfDisk use) {
				this.delays.put(new Way(use.node(), NodeId.NONE, use.number()), use.delay());
			}
		}
	}

	@Override
	public Fate message(NodeId from, NodeId to, long number, LinkFaults faults) {
		return this.fates.getOrDefault(new Way(from, to, number), Fate.ARRIVES);
	}

	@Override
	public int disk(NodeId node, long number, DiskFaults faults) {
		return this.delays.getOrDefault(new Way(node, NodeId.NONE, number), 0);
	}

	private record Way(NodeId from, NodeId to, long number) {
	}

}
