package io.omnipaxos.test.chaos;

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
		decidesAtTheHub();
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

	private void decidesAtTheHub() {
		long start = this.cluster.now();
		long end = start + patience(ROUNDS_TO_DECIDE);
		SimulatedAppend last = this.cluster.append(this.plan.hub(), "after the chaos");
		while (last.outcome() != Outcome.DECIDED && !isStopped()) {
			if (this.cluster.now() > end) {
				throw new InvariantViolation("a quorum-connected node decides",
						"%s has not decided %s after %d units%n%s".formatted(this.plan.hub(), last,
								this.cluster.now() - start, this.cluster.picture()),
						null);
			}
			this.cluster.run(Timespan.units(1));
			if (last.outcome() == Outcome.REFUSED || last.outcome() == Outcome.UNKNOWN) {
				last = this.cluster.append(this.plan.hub(), "after the chaos, again " + this.cluster.now());
			}
		}
		this.unitsToDecide = this.cluster.now() - start;
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
			throw new InvariantViolation("all nodes become equal", ex.getMessage(), ex);
		}
	}

	/** Small pieces take one exchange each, so a long log takes longer. */
	private long patience(int rounds) {
		ServerConfig server = this.plan.settings().server();
		long ticks = (long) rounds * server.electionTickTimeout() + RESENDS * server.resendMessageTickTimeout()
				+ 2L * server.flushBatchTickTimeout();
		return ticks * SimulatedCluster.TICK + 20 * this.cluster.invariants().chosenEntries();
	}

}
