package io.omnipaxos.test.chaos;

import java.util.List;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.SimulationSettings;

/**
 * Everything that is done to a cluster in one run, from its settings to its end.
 *
 * @param settings what the cluster is made of
 * @param steps inputs and faults, in the order of their times
 * @param chaosEnds when the last fault is over, in units of time
 * @param hub node that still reaches a quorum when the faults are over
 * @param leftOver links that are there then, until all are restored
 */
record Plan(SimulationSettings settings, List<Step> steps, long chaosEnds, NodeId hub, Graph leftOver) {

	Plan {
		steps = List.copyOf(steps);
	}

	Plan with(List<Step> fewer) {
		return new Plan(this.settings, fewer, this.chaosEnds, this.hub, this.leftOver);
	}

	/** Something that is done at some time. */
	record Step(long at, Action action) {

		@Override
		public String toString() {
			return "%6d  %s".formatted(this.at, this.action);
		}

	}

}
