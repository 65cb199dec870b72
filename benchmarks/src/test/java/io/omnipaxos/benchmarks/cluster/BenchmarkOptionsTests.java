package io.omnipaxos.benchmarks.cluster;

import io.omnipaxos.benchmarks.system.SystemKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BenchmarkOptionsTests {

	@Test
	void measuresEverySystemForTenSecondsInThreeRoundsByDefault() {
		BenchmarkOptions options = BenchmarkOptions.parse(new String[0]);

		assertThat(options.systems()).containsExactly(SystemKind.values());
		assertThat(options.outstanding()).containsExactly(1, 64, 1024);
		assertThat(options.seconds()).isEqualTo(10);
		assertThat(options.rounds()).isEqualTo(3);
	}

	@Test
	void refusesASystemThatThereIsNot() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> BenchmarkOptions.parse(new String[] { "--systems=omnipaxos-memory,zookeeper" }))
			.withMessageContaining("zookeeper")
			.withMessageContaining("omnipaxos-memory");
	}

}
