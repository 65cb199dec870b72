package io.omnipaxos.benchmarks.sample;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FailOverBenchmarkTests {

	@Test
	void theLongestPauseCountsThatEndedAfterTheLeaderDid() {
		long[] answered = { 0, 500, 510, 520, 900, 905, 1000 };

		assertThat(FailOverBenchmark.longest(answered, 515)).isEqualTo(380);
	}

}
