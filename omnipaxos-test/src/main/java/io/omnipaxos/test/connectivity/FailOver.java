package io.omnipaxos.test.connectivity;

import java.util.List;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulationSettings;
import io.omnipaxos.test.simulation.Timespan;

import static io.omnipaxos.test.simulation.Timespan.electionRounds;

/**
 * Measures how many election timeouts pass from the moment at which the leader loses its
 * power until an append of another node is decided, with the times of
 * {@link PartialConnectivity}.
 */
public final class FailOver {

	private static final int ELECTION_TICKS = 10;

	private static final int ELECTION_TIMEOUT = ELECTION_TICKS * SimulatedCluster.TICK;

	private static final Timespan A_WHILE = electionRounds(6);

	private final SimulatedCluster cluster;

	private final NodeId follower;

	private final Ballot lost;

	/** Lets a leader serve its cluster for a while, and takes its power away. */
	private FailOver(int nodes, boolean noticed, int seed) {
		this.cluster = SimulatedCluster.of(SimulationSettings.ofNodes(nodes, seed)
			.withServer((server) -> server.withElectionTickTimeout(ELECTION_TICKS)
				.withResendMessageTickTimeout(2 * ELECTION_TICKS)));
		this.follower = new NodeId(1 + (seed + 1) % nodes);
		NodeId leader = new NodeId(1 + seed % nodes);
		this.cluster.ledBy(leader).run(A_WHILE);
		this.cluster.run(Timespan.units(seed % ELECTION_TIMEOUT));
		this.lost = promise();
		this.cluster.crash(leader);
		if (noticed) {
			this.cluster.links().announceLosses();
		}
	}

	/** Prints the table; the argument is how many seeds to take for each row. */
	public static void main(String[] args) {
		int seeds = (args.length > 0) ? Integer.parseInt(args[0]) : 1000;
		System.out.println("| from | runs | half | 99% | 99.9% | longest |");
		System.out.println("|---|---|---|---|---|---|");
		for (int nodes : List.of(3, 5)) {
			System.out.println(measure(nodes, true, seeds).row());
			System.out.println(measure(nodes, false, seeds).row());
		}
	}

	/**
	 * Measures it.
	 * @param nodes size of the cluster
	 * @param noticed whether the others are told at once that they have lost the leader,
	 * as streams do; or find out by its silence
	 * @param seeds how many runs
	 */
	public static Measurement measure(int nodes, boolean noticed, int seeds) {
		Measurement measurement = new Measurement(
				"%d nodes, the loss %s".formatted(nodes, noticed ? "noticed" : "not noticed"));
		for (int seed = 1; seed <= seeds; seed++) {
			measurement.add(new FailOver(nodes, noticed, seed).untilDecided() / (double) ELECTION_TIMEOUT);
		}
		return measurement;
	}

	/**
	 * Counts the ballots by which one lost leader is replaced, until nobody wants to lead
	 * any more.
	 * @param nodes size of the cluster
	 * @param noticed as in {@link #measure}
	 * @param seed which run
	 */
	public static long elections(int nodes, boolean noticed, int seed) {
		FailOver failOver = new FailOver(nodes, noticed, seed);
		failOver.untilDecided();
		failOver.cluster.run(A_WHILE);
		return failOver.promise().n() - failOver.lost.n();
	}

	private long untilDecided() {
		return this.cluster.runUntil(Condition.decided(this.cluster.append(this.follower, "next")), electionRounds(20));
	}

	private Ballot promise() {
		return this.cluster.node(this.follower).core().status().promise();
	}

}
