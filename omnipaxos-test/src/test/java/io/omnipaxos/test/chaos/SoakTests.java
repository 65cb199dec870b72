package io.omnipaxos.test.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fresh seeds for as long as {@code omnipaxos.soak.minutes} says; ten, if it does not.
 */
@Tag("soak")
class SoakTests {

	@Test
	void everyFreshSeedHolds() {
		Duration time = Duration.ofMinutes(Long.getLong("omnipaxos.soak.minutes", 10));
		Instant start = Instant.now();
		long first = System.currentTimeMillis();
		long seed = first;
		long steps = 0;
		while (Duration.between(start, Instant.now()).compareTo(time) < 0) {
			steps += new RandomRun(seed++, Profile.ALL, 0).runOrExplain().steps();
		}

		double seconds = time.toMillis() / 1000.0;
		System.out.printf(Locale.ROOT, "%d seeds from %d on, %.0f seeds and %.0f steps a second%n", seed - first, first,
				(seed - first) / seconds, steps / seconds);
		assertThat(steps).isPositive();
	}

}
