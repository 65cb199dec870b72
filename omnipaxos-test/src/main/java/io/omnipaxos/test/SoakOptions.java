package io.omnipaxos.test;

import java.time.Duration;

/**
 * What {@link Soak} was told.
 *
 * @param firstSeed seed to begin with
 * @param seeds how many to try
 * @param time how long to try
 * @param nodes size of the clusters, zero for any
 * @param profile name of the profile, or hazards
 * @param failures after how many failures to stop
 * @param verbose whether to print everything that happens
 */
record SoakOptions(long firstSeed, long seeds, Duration time, int nodes, String profile, long failures,
		boolean verbose) {

	private static final Duration LONG = Duration.ofDays(365);

	static SoakOptions parse(String... args) {
		SoakOptions options = new SoakOptions(1, -1, LONG, 0, "all", 1, false);
		boolean one = false;
		for (int i = 0; i < args.length; i++) {
			if (args[i].equals("--verbose")) {
				options = options.withVerbose();
			}
			else {
				one |= args[i].equals("--seed");
				options = options.with(args[i], args[++i]);
			}
		}
		return (options.seeds < 0) ? options.withSeeds((one && options.time.equals(LONG)) ? 1 : Long.MAX_VALUE / 2)
				: options;
	}

	private SoakOptions with(String option, String value) {
		return switch (option) {
			case "--seed" -> new SoakOptions(Long.parseLong(value), this.seeds, this.time, this.nodes, this.profile,
					this.failures, this.verbose);
			case "--seeds" -> withSeeds(Long.parseLong(value));
			case "--minutes" -> new SoakOptions(this.firstSeed, this.seeds,
					Duration.ofMillis(Math.round(Double.parseDouble(value) * 60_000)), this.nodes, this.profile,
					this.failures, this.verbose);
			case "--nodes" -> new SoakOptions(this.firstSeed, this.seeds, this.time, Integer.parseInt(value),
					this.profile, this.failures, this.verbose);
			case "--profile" ->
				new SoakOptions(this.firstSeed, this.seeds, this.time, this.nodes, value, this.failures, this.verbose);
			case "--failures" -> new SoakOptions(this.firstSeed, this.seeds, this.time, this.nodes, this.profile,
					Long.parseLong(value), this.verbose);
			default -> throw new IllegalArgumentException("No option is called " + option);
		};
	}

	private SoakOptions withSeeds(long many) {
		return new SoakOptions(this.firstSeed, many, this.time, this.nodes, this.profile, this.failures, this.verbose);
	}

	private SoakOptions withVerbose() {
		return new SoakOptions(this.firstSeed, this.seeds, this.time, this.nodes, this.profile, this.failures, true);
	}

}
