package io.omnipaxos.test.simulation;

import java.util.List;
import java.util.function.Predicate;

import io.omnipaxos.core.Role;
import io.omnipaxos.core.model.NodeId;

/**
 * Something that a simulated cluster is waited for.
 *
 * @param description what is waited for, for the message when it does not come true
 * @param test whether it is true
 */
public record Condition(String description, Predicate<SimulatedCluster> test) {

	/** Every node, running or not, has decided exactly these entries. */
	public static Condition everyNodeDecided(String... entries) {
		List<String> wanted = List.of(entries);
		return new Condition("every node decided " + wanted,
				(cluster) -> cluster.nodes().stream().allMatch((node) -> node.decided().equals(wanted)));
	}

	/** A node has decided exactly these entries. */
	public static Condition decidedBy(NodeId node, String... entries) {
		List<String> wanted = List.of(entries);
		return new Condition("%s decided %s".formatted(node, wanted),
				(cluster) -> cluster.node(node).decided().equals(wanted));
	}

	/** Every node that runs has decided this many entries. */
	public static Condition everyRunningNodeDecided(long entries) {
		return new Condition("every running node decided " + entries + " entries",
				(cluster) -> cluster.runningNodes()
					.stream()
					.allMatch((node) -> node.core().indexes().decided() >= entries));
	}

	/** An append is decided, as its node says. */
	public static Condition decided(SimulatedAppend append) {
		return new Condition(append + " is decided", (cluster) -> append.outcome() == SimulatedAppend.Outcome.DECIDED);
	}

	/** A barrier is reached. */
	public static Condition reached(SimulatedBarrier barrier) {
		return new Condition(barrier + " is reached", (cluster) -> barrier.isReached());
	}

	/** A node leads in the Accept phase. */
	public static Condition leaderIs(NodeId node) {
		return new Condition(node + " leads", (cluster) -> cluster.node(node).isRunning()
				&& cluster.node(node).core().status().role() == Role.LEADING);
	}

	/** Some node leads in the Accept phase, and every node that runs follows it. */
	public static Condition oneLeader() {
		return new Condition("one leader is followed by every running node",
				(cluster) -> new Convergence(cluster).hasOneLeader());
	}

	/**
	 * Every node runs, follows one leader in step, and has decided everything; nothing is
	 * pending any more.
	 */
	public static Condition converged() {
		return new Condition("all nodes are equal and in step, and nothing is pending",
				(cluster) -> new Convergence(cluster).isComplete());
	}

}
