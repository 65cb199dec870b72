package io.omnipaxos.test.chaos;

import java.util.Map;
import java.util.TreeMap;

import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.Chance;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.DiskFaults;
import io.omnipaxos.test.simulation.InvariantViolation;
import io.omnipaxos.test.simulation.LinkFaults;
import io.omnipaxos.test.simulation.Observer;
import io.omnipaxos.test.simulation.SimulatedAppend;
import io.omnipaxos.test.simulation.SimulatedAppend.Outcome;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulatedNode;
import io.omnipaxos.test.simulation.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan: first the chaos, then the two parts of the promise to make
 * progress. While one node reaches a quorum, what is appended there is decided; and once
 * all links are restored, all nodes become equal and nothing stays pending.
 */
final class PlanRun {

	private static final int ROUNDS_TO_DECIDE = 30;

	private static final int ROUNDS_TO_CONVERGE = 60;

	private static final int RESENDS = 12;

	private final Plan plan;

	private final SimulatedCluster cluster;

	private long unitsToDecide;

	PlanRun(Plan plan, Chance chance, Observer... watchers) {
		this.plan = plan;
		this.cluster = SimulatedCluster.of(plan.settings().withChance(chance), watchers);
	}

	RunResult run() {
		this.plan.steps().forEach((step) -> this.cluster.after(step.at(), () -> step.action().on(this.cluster)));
		this.cluster.run(Timespan.units(this.plan.chaosEnds() + 1));
		endFaults();
		decides();
		converges();
		ServerConfig server = this.plan.settings().server();
		double rounds = this.unitsToDecide / (double) (SimulatedCluster.TICK * server.electionTickTimeout());
		return new RunResult(this.cluster.steps(), this.cluster.invariants().chosenEntries(), rounds);
	}

	private void endFaults() {
		this.cluster.links().faults(LinkFaults.NONE);
		this.cluster.links().keepOnly(this.plan.leftOver()::links);
		for (SimulatedNode node : this.cluster.nodes()) {
			NodeId pid = node.pid();
			node.storage().repair();
			this.cluster.disk(pid, DiskFaults.NONE);
			this.cluster.restart(pid);
			this.cluster.resume(pid);
		}
	}

	/** Which append is decided depends on who leads: not every node need reach it. */
	private void decides() {
		long start = this.cluster.now();
		long end = start + patience(ROUNDS_TO_DECIDE);
		Map<NodeId, SimulatedAppend> last = new TreeMap<>();
		while (last.values().stream().noneMatch((append) -> append.outcome() == Outcome.DECIDED) && !isStopped()) {
			if (this.cluster.now() > end) {
				throw new InvariantViolation("as long as a node reaches a quorum, appends are decided",
						"nothing was decided for %d units, though %s reaches a quorum%n%s"
							.formatted(this.cluster.now() - start, this.plan.hub(), this.cluster.picture()),
						null);
			}
			this.cluster.nodes().forEach((node) -> last.compute(node.pid(), this::appendUnlessPending));
			this.cluster.run(Timespan.units(1));
		}
		this.unitsToDecide = this.cluster.now() - start;
	}

	private SimulatedAppend appendUnlessPending(NodeId node, @Nullable SimulatedAppend last) {
		return (last != null && last.outcome() == Outcome.PENDING) ? last
				: this.cluster.append(node, "after the chaos at %s, %d".formatted(node, this.cluster.now()));
	}

	private boolean isStopped() {
		return this.cluster.node(this.plan.hub()).core().status().isStopped();
	}

	private void converges() {
		this.cluster.healAllLinks();
		try {
			this.cluster.runUntil(Condition.converged(), Timespan.units(patience(ROUNDS_TO_CONVERGE)));
		}
		catch (InvariantViolation ex) {
			throw ex;
		}
		catch (AssertionError ex) {
			throw new InvariantViolation("all nodes become equal", String.valueOf(ex.getMessage()), ex);
		}
	}

	/** Small pieces take one exchange each, so a long log takes longer. */
	private long patience(int rounds) {
		ServerConfig server = this.plan.settings().server();
		long ticks = (long) rounds * server.electionTickTimeout() + RESENDS * server.resendMessageTickTimeout()
				+ 40L * server.flushBatchTickTimeout();
		return ticks * SimulatedCluster.TICK + 20 * this.cluster.invariants().chosenEntries();
	}

}
