package io.omnipaxos.test.chaos;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.omnipaxos.core.ReplicaStatus;
import io.omnipaxos.core.Role;
import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.Ballot;
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
 * Carries out a plan: first the chaos, then the three parts of the promise to make
 * progress. While one node reaches a quorum, something that is appended is decided; soon
 * there is a leader that has in step whom it reaches, decides what they append, and of
 * which everybody hears by way of others; and once all links are restored, all nodes
 * become equal and nothing stays pending.
 */
final class PlanRun {

	private static final int ROUNDS_TO_DECIDE = 30;

	private static final int ROUNDS_TO_CONVERGE = 60;

	private static final int RESENDS = 12;

	private static final long UNITS_A_PIECE = 20;

	private final Plan plan;

	private final SimulatedCluster cluster;

	private final Map<NodeId, SimulatedAppend> last = new TreeMap<>();

	private long unitsToDecide;

	PlanRun(Plan plan, Chance chance, Observer... watchers) {
		this.plan = plan;
		this.cluster = SimulatedCluster.of(plan.settings(), chance, watchers);
	}

	RunResult run() {
		this.plan.steps().forEach((step) -> this.cluster.after(step.at(), () -> step.action().on(this.cluster)));
		this.cluster.run(Timespan.units(this.plan.chaosEnds() + 1));
		endFaults();
		decides();
		servesWhomTheLeaderReaches();
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
		while (this.last.values().stream().noneMatch((append) -> append.outcome() == Outcome.DECIDED) && !isStopped()) {
			if (this.cluster.now() > end) {
				throw new InvariantViolation("as long as a node reaches a quorum, appends are decided",
						"nothing was decided for %d units, though %s reaches a quorum%n%s"
							.formatted(this.cluster.now() - start, this.plan.hub(), this.cluster.picture()),
						null);
			}
			this.cluster.nodes().forEach((node) -> this.last.compute(node.pid(), this::appendUnlessPending));
			this.cluster.run(Timespan.units(1));
		}
		this.unitsToDecide = this.cluster.now() - start;
	}

	private SimulatedAppend appendUnlessPending(NodeId node, @Nullable SimulatedAppend last) {
		return (last != null && last.outcome() == Outcome.PENDING) ? last
				: this.cluster.append(node, "after the chaos at %s, %d".formatted(node, this.cluster.now()));
	}

	private void servesWhomTheLeaderReaches() {
		runUntil("whom the leader reaches is served, and whom its followers reach hears of it",
				new Condition("a leader has in step whom it reaches, and everybody knows what they appended",
						(cluster) -> isStopped() || cluster.nodes().stream().anyMatch(this::servesWhomItReaches)),
				ROUNDS_TO_DECIDE);
	}

	private boolean servesWhomItReaches(SimulatedNode leader) {
		ReplicaStatus status = leader.core().status();
		List<NodeId> reached = this.plan.leftOver().reachableFrom(leader.pid(), this.plan.settings().cluster().nodes());
		return status.role() == Role.LEADING
				&& this.cluster.nodes()
					.stream()
					.filter((node) -> node == leader || this.plan.leftOver().links(leader.pid(), node.pid()))
					.allMatch((node) -> isServed(node, status.promise()))
				&& reached.stream()
					.allMatch((pid) -> this.cluster.node(pid).core().indexes().decided() == status.indexes().decided());
	}

	private boolean isServed(SimulatedNode node, Ballot ballot) {
		SimulatedAppend append = this.last.get(node.pid());
		return node.core().status().acceptedRound().equals(ballot)
				&& (append == null || append.outcome() != Outcome.PENDING);
	}

	private boolean isStopped() {
		return this.cluster.node(this.plan.hub()).core().status().isStopped();
	}

	private void converges() {
		this.cluster.healAllLinks();
		runUntil("all nodes become equal", Condition.converged(), ROUNDS_TO_CONVERGE);
	}

	private void runUntil(String promise, Condition condition, int rounds) {
		try {
			this.cluster.runUntil(condition, Timespan.units(patience(rounds)));
		}
		catch (InvariantViolation ex) {
			throw ex;
		}
		catch (AssertionError ex) {
			throw new InvariantViolation(promise, String.valueOf(ex.getMessage()), ex);
		}
	}

	/** Small pieces take one exchange each, so a long log or snapshot takes longer. */
	private long patience(int rounds) {
		ServerConfig server = this.plan.settings().server();
		long ticks = (long) rounds * server.electionTickTimeout() + RESENDS * server.resendMessageTickTimeout()
				+ 40L * server.flushBatchTickTimeout();
		return ticks * SimulatedCluster.TICK
				+ UNITS_A_PIECE * (this.cluster.invariants().chosenEntries() + piecesOfTheLargestSnapshot());
	}

	private long piecesOfTheLargestSnapshot() {
		long bytes = this.cluster.nodes()
			.stream()
			.mapToLong((node) -> node.core().indexes().snapshotSize())
			.max()
			.orElse(0);
		return bytes / this.plan.settings().server().limits().maxPieceBytes();
	}

}
