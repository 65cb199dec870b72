package io.omnipaxos.test.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;

import io.omnipaxos.test.simulation.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever goes wrong, the invariants hold, and when it is over the cluster goes on. A
 * failure names its seed; {@code -Domnipaxos.seed=... -Domnipaxos.profile=...
 * -Domnipaxos.nodes=...} runs it again, and {@code -Domnipaxos.trace=true} prints all
 * that happens.
 */
class RandomRunTests {

	private static final int FIXED_SEEDS = 40;

	private static final String PROFILE = "omnipaxos.profile";

	@ParameterizedTest
	@ValueSource(strings = { "all", "calm", "links", "streams", "nodes", "compaction", "elections" })
	void holdsForFixedSeedsOfEveryProfile(String name) {
		Profile profile = Profile.named(name);
		long entries = LongStream.rangeClosed(1, FIXED_SEEDS)
			.map((seed) -> new RandomRun(seed, profile, 0).runOrExplain().entries())
			.sum();

		assertThat(entries).as("entries that were decided meanwhile").isGreaterThan(50L * FIXED_SEEDS);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8, 9 })
	void holdsForClustersOfEverySize(int nodes) {
		for (long seed = 1; seed <= 4; seed++) {
			assertThat(new RandomRun(seed, Profile.ALL, nodes).runOrExplain().entries()).isPositive();
		}
	}

	/** Half a minute, or as long as {@code omnipaxos.fresh.seconds} says. */
	@Test
	void holdsForFreshSeeds() {
		Instant end = Instant.now().plus(Duration.ofSeconds(Long.getLong("omnipaxos.fresh.seconds", 30)));
		long first = System.currentTimeMillis();
		long seed = first;
		while (Instant.now().isBefore(end)) {
			new RandomRun(seed++, Profile.ALL, 0).runOrExplain();
		}

		assertThat(seed - first).as("seeds tried").isPositive();
	}

	@Test
	@EnabledIfSystemProperty(named = "omnipaxos.seed", matches = "\\d+")
	void holdsForTheSeedThatIsAskedFor() {
		Profile profile = Profile.named(System.getProperty(PROFILE, "all"));
		RandomRun run = new RandomRun(Long.getLong("omnipaxos.seed"), profile,
				Integer.getInteger("omnipaxos.nodes", 0));

		RunResult result = Boolean.getBoolean("omnipaxos.trace") ? run.run(new Trace(System.out::println, true))
				: run.runOrExplain();

		assertThat(result.entries()).isPositive();
	}

	@Test
	void isTheSameRunEveryTime() {
		RandomRun run = new RandomRun(7, Profile.ALL, 3);

		assertThat(run.run()).isEqualTo(run.run());
	}

}
