package io.omnipaxos.benchmarks.cluster;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.benchmarks.system.Completion;
import io.omnipaxos.benchmarks.system.ReplicatedSystem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PacedLoadTests {

	@Test
	void appendsAgainAndAgainWithoutWaitingForAnswers() throws InterruptedException {
		Unanswering system = new Unanswering();

		try (PacedLoad load = new PacedLoad(system, 10_000, 16)) {
			assertThat(system.appends.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(load.latencies().getTotalCount()).isZero();
		}
	}

	@Test
	void countsWhatFailed() throws InterruptedException {
		Unanswering system = new Unanswering() {

			@Override
			public void append(byte[] entry, Completion completion) {
				completion.completed(new IllegalStateException("refused"));
				super.append(entry, completion);
			}

		};

		try (PacedLoad load = new PacedLoad(system, 10_000, 16)) {
			assertThat(system.appends.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(load.failures()).isGreaterThanOrEqualTo(100);
		}
	}

	private static class Unanswering implements ReplicatedSystem {

		private final CountDownLatch appends = new CountDownLatch(100);

		@Override
		public boolean leads() {
			return true;
		}

		@Override
		public void append(byte[] entry, Completion completion) {
			this.appends.countDown();
		}

		@Override
		public void close() {
		}

	}

}
