package io.omnipaxos.test.linearizability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.linearizability.LogModel.Action;
import io.omnipaxos.test.linearizability.LogModel.Append;
import io.omnipaxos.test.linearizability.LogModel.Read;
import io.omnipaxos.test.simulation.SimulatedAppend;
import io.omnipaxos.test.simulation.SimulatedAppend.Outcome;
import io.omnipaxos.test.simulation.SimulatedBarrier;
import io.omnipaxos.test.simulation.SimulatedCluster;

/**
 * Records what simulated clients ask of the nodes of a cluster, and what they are told. A
 * read asks for a barrier, and sees what its node has applied when it is reached.
 */
public final class ClientHistory {

	private final SimulatedCluster cluster;

	private final List<Operation<Action>> complete = new ArrayList<>();

	private final Map<SimulatedAppend, Long> appends = new LinkedHashMap<>();

	private final Map<SimulatedBarrier, Long> reads = new LinkedHashMap<>();

	public ClientHistory(SimulatedCluster cluster) {
		this.cluster = cluster;
	}

	/** A client appends at a node. */
	public void append(NodeId node, String value) {
		this.appends.put(this.cluster.append(node, value), this.cluster.now());
	}

	/** A client reads at a node. */
	public void read(NodeId node) {
		this.reads.put(this.cluster.readBarrier(node), this.cluster.now());
	}

	/** Looks who was answered; to be called often, for appends count from then on. */
	public void observe() {
		this.appends.entrySet().removeIf((append) -> answered(append.getKey(), append.getValue()));
		this.reads.entrySet().removeIf((read) -> answered(read.getKey(), read.getValue()));
	}

	private boolean answered(SimulatedAppend append, long invoked) {
		if (append.outcome() == Outcome.PENDING) {
			return false;
		}
		if (append.outcome() != Outcome.REFUSED) {
			long returned = (append.outcome() == Outcome.DECIDED) ? this.cluster.now() : Operation.NEVER;
			this.complete.add(new Operation<>(invoked, returned, new Append(append.text())));
		}
		return true;
	}

	private boolean answered(SimulatedBarrier barrier, long invoked) {
		if (barrier.isReached()) {
			this.complete.add(new Operation<>(invoked, barrier.reachedAt(), new Read(barrier.seen())));
		}
		return barrier.isReached() || barrier.isLost();
	}

	/** Returns everything that was asked; what was not answered may still be done. */
	public List<Operation<Action>> operations() {
		List<Operation<Action>> all = new ArrayList<>(this.complete);
		this.appends.forEach(
				(append, invoked) -> all.add(new Operation<>(invoked, Operation.NEVER, new Append(append.text()))));
		return all;
	}

}
