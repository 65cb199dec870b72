package io.omnipaxos.test;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import io.omnipaxos.test.chaos.Profile;
import io.omnipaxos.test.chaos.RandomRun;
import io.omnipaxos.test.chaos.RunResult;
import io.omnipaxos.test.simulation.InvariantViolation;
import io.omnipaxos.test.simulation.Trace;

/**
 * Tries one seed after the other, from the command line: {@code --seeds 1000} many or for
 * {@code --minutes 60}, beginning with {@code --seed 1}, with {@code --nodes 3} (0 for
 * any number), in {@code --profile all}. Given only {@code --seed} it tries that one, and
 * with {@code --verbose} prints everything that happens.
 */
public final class Soak {

	private final SoakOptions options;

	private long failures;

	private long steps;

	private long entries;

	private double slowest;

	private Soak(SoakOptions options) {
		this.options = options;
	}

	/** Runs as told; the exit code is 1 when a seed has failed. */
	public static void main(String[] args) {
		Soak soak = new Soak(SoakOptions.parse(args));
		System.exit(soak.run() ? 0 : 1);
	}

	private boolean run() {
		Profile profile = Profile.named(this.options.profile());
		Instant start = Instant.now();
		Instant end = start.plus(this.options.time());
		long seed = this.options.firstSeed();
		long last = seed + this.options.seeds();
		while (seed < last && Instant.now().isBefore(end) && this.failures < this.options.failures()) {
			tryOne(new RandomRun(seed++, profile, this.options.nodes()));
			if ((seed - this.options.firstSeed()) % 1000 == 0) {
				report(seed - this.options.firstSeed(), start);
			}
		}
		report(seed - this.options.firstSeed(), start);
		return this.failures == 0;
	}

	private void tryOne(RandomRun run) {
		try {
			RunResult result = result(run);
			this.steps += result.steps();
			this.entries += result.entries();
			if (result.roundsToDecide() > this.slowest) {
				this.slowest = result.roundsToDecide();
				System.out.printf(Locale.ROOT, "seed %d took %.1f election timeouts to decide%n", run.seed(),
						this.slowest);
			}
		}
		catch (AssertionError ex) {
			this.failures++;
			System.out.printf(Locale.ROOT, "%nSEED %d FAILED: %s%n", run.seed(), ex.getMessage());
			Throwable broken = (ex instanceof InvariantViolation) ? ex : ex.getCause();
			Throwable cause = (broken != null) ? broken.getCause() : null;
			if (cause != null && !this.options.brief()) {
				cause.printStackTrace(System.out);
			}
		}
	}

	private RunResult result(RandomRun run) {
		if (this.options.verbose()) {
			return run.run(new Trace(System.out::println, true));
		}
		return this.options.brief() ? run.run() : run.runOrExplain();
	}

	private void report(long seeds, Instant start) {
		double seconds = Math.max(1, Duration.between(start, Instant.now()).toMillis()) / 1000.0;
		System.out.printf(Locale.ROOT,
				"%d seeds, %d failed, %d steps, %d entries, %.0f seeds and %.0f steps a second, slowest decision %.1f%n",
				seeds, this.failures, this.steps, this.entries, seeds / seconds, this.steps / seconds, this.slowest);
	}

}
