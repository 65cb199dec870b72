package io.omnipaxos.benchmarks.core;

import io.omnipaxos.core.model.Payload;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CoreClusterTests {

	private final CoreCluster cluster = new CoreCluster();

	@Test
	void allThreeDecideWhatIsAppended() {
		this.cluster.append(Payload.of(new byte[128]), 16);

		assertThat(this.cluster.decided()).isEqualTo(16);
	}

	@Test
	void whatIsDecidedIsTrimmedSoThatMemoryStaysFlat() {
		for (int i = 0; i < 1000; i++) {
			this.cluster.append(Payload.of(new byte[128]), 1000);
		}

		assertThat(this.cluster.kept()).isLessThan(200_000);
	}

}
