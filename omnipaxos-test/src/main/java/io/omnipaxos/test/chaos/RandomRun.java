package io.omnipaxos.test.chaos;

import io.omnipaxos.test.simulation.InvariantViolation;
import io.omnipaxos.test.simulation.Observer;
import io.omnipaxos.test.simulation.RandomChance;

/**
 * One run, everything in it drawn from a seed.
 *
 * @param seed where everything comes from
 * @param profile what may go wrong
 * @param nodes size of the cluster, zero for any
 */
public record RandomRun(long seed, Profile profile, int nodes) {

	/**
	 * Carries it out.
	 * @param watchers who else wants to see what happens
	 * @return what it was like
	 * @throws InvariantViolation if the protocol did what it must not
	 */
	public RunResult run(Observer... watchers) {
		return new PlanRun(plan(), new RandomChance(this.seed), watchers).run();
	}

	/**
	 * Carries it out, and explains what went wrong if something did.
	 * @return what it was like
	 * @throws AssertionError with the shortest plan that still fails, its trace, and how
	 * to see it again
	 */
	public RunResult runOrExplain() {
		try {
			return run();
		}
		catch (InvariantViolation ex) {
			throw new AssertionError(new Explanation(this, ex).text(), ex);
		}
	}

	Plan plan() {
		return new PlanMaker(this.seed, this.profile, this.nodes).plan();
	}

	/** Returns the arguments of the command that shows this run. */
	String properties() {
		return "-Domnipaxos.seed=%d -Domnipaxos.nodes=%d -Domnipaxos.profile=%s".formatted(this.seed, this.nodes,
				this.profile.name());
	}

}
