package io.omnipaxos.test.chaos;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShrinkerTests {

	private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

	@Test
	void leavesOnlyWhatTheFailureNeeds() {
		Shrinker<Integer> shrinker = new Shrinker<>((some) -> some.containsAll(List.of(3, 57, 58)),
				Duration.ofMinutes(1));

		assertThat(shrinker.shrink(HUNDRED)).containsExactly(3, 57, 58);
	}

	@Test
	void leavesNothingWhenItFailsAnyhow() {
		assertThat(new Shrinker<Integer>((some) -> true, Duration.ofMinutes(1)).shrink(HUNDRED)).isEmpty();
	}

	@Test
	void keepsEverythingWhenEveryElementIsNeeded() {
		Shrinker<Integer> shrinker = new Shrinker<>((some) -> some.size() == HUNDRED.size(), Duration.ofMinutes(1));

		assertThat(shrinker.shrink(HUNDRED)).isEqualTo(HUNDRED);
	}

	@Test
	void givesWhatItHasWhenTheTimeIsOver() {
		assertThat(new Shrinker<Integer>((some) -> true, Duration.ZERO).shrink(HUNDRED)).isEqualTo(HUNDRED);
	}

}
