package io.omnipaxos.test;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

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
 * @param brief whether to print one line for a failure, and not to look for its cause
 */
record SoakOptions(long firstSeed, long seeds, Duration time, int nodes, String profile, long failures, boolean verbose,
		boolean brief) {

	private static final Set<String> FLAGS = Set.of("--verbose", "--brief");

	private static final Set<String> VALUES = Set.of("--seed", "--seeds", "--minutes", "--nodes", "--profile",
			"--failures");

	private static final String FOR_EVER = "1000000000";

	static SoakOptions parse(String... args) {
		Map<String, String> given = new HashMap<>();
		for (int i = 0; i < args.length; i++) {
			if (FLAGS.contains(args[i])) {
				given.put(args[i], "");
			}
			else if (VALUES.contains(args[i]) && i + 1 < args.length) {
				given.put(args[i], args[++i]);
			}
			else {
				throw new IllegalArgumentException(
						"%s is not one of %s %s with a value".formatted(args[i], FLAGS, VALUES));
			}
		}
		boolean one = given.containsKey("--seed") && !given.containsKey("--minutes");
		double minutes = Double.parseDouble(given.getOrDefault("--minutes", FOR_EVER));
		return new SoakOptions(Long.parseLong(given.getOrDefault("--seed", "1")),
				Long.parseLong(given.getOrDefault("--seeds", one ? "1" : FOR_EVER)),
				Duration.ofMillis(Math.round(minutes * 60_000)), Integer.parseInt(given.getOrDefault("--nodes", "0")),
				given.getOrDefault("--profile", "all"), Long.parseLong(given.getOrDefault("--failures", "1")),
				given.containsKey("--verbose"), given.containsKey("--brief"));
	}

}
