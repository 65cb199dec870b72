package io.omnipaxos.test.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import io.omnipaxos.test.simulation.InvariantViolation;
import io.omnipaxos.test.simulation.Observer;
import io.omnipaxos.test.simulation.SimulatedCluster;
import org.jspecify.annotations.Nullable;

/** Looks for a seed that fails, without explaining it. */
public final class FailureSearch {

	private FailureSearch() {
	}

	/**
	 * Tries seeds from one on until one fails.
	 * @param profile name of a profile, or hazards
	 * @param seconds how long to go on
	 * @return seed, events that happened until then and the rule that broke, separated by
	 * tabs; nothing but how many seeds were tried if none failed
	 */
	public static String search(String profile, long seconds) {
		Instant end = Instant.now().plus(Duration.ofSeconds(seconds));
		Profile hazards = Profile.named(profile);
		long events = 0;
		long seed = 0;
		while (Instant.now().isBefore(end)) {
			seed++;
			StepCount run = new StepCount();
			try {
				new RandomRun(seed, hazards, 0).run(run);
				events += run.steps();
			}
			catch (InvariantViolation ex) {
				return String.format(Locale.ROOT, "%d\t%d\t%s", seed, events + run.steps(), ex.rule());
			}
		}
		return Long.toString(seed);
	}

	/** How many events there were in a run, also in one that failed. */
	private static final class StepCount implements Observer {

		private @Nullable SimulatedCluster cluster;

		@Override
		public void begins(SimulatedCluster cluster) {
			this.cluster = cluster;
		}

		long steps() {
			return (this.cluster != null) ? this.cluster.steps() : 0;
		}

	}

}
