package io.omnipaxos.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IndexWaitersTests {

	private final IndexWaiters waiters = new IndexWaiters();

	@Test
	void thoseOfTheLowestIndexComeFirst() {
		TestWaiter far = add(9);
		TestWaiter near = add(3);

		assertThat(this.waiters.first()).isEqualTo(3);
		assertThat(this.waiters.poll(8)).isSameAs(near);
		assertThat(this.waiters.poll(8)).isNull();
		assertThat(this.waiters.poll(9)).isSameAs(far);
	}

	/** Waiting for an index that never comes, and giving up, must not fill the memory. */
	@Test
	void thoseThatGaveUpAreForgotten() {
		TestWaiter patient = add(Long.MAX_VALUE - 1);
		for (int i = 0; i < 100_000; i++) {
			add(1_000_000).cancel(false);
		}

		assertThat(this.waiters.size()).isLessThan(3000);
		assertThat(this.waiters.poll(Long.MAX_VALUE - 2)).isNotNull();
		assertThat(remaining()).contains(patient);
	}

	@Test
	void thoseThatStillWaitAreKept() {
		List<TestWaiter> waiting = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			waiting.add(add(i));
		}

		assertThat(remaining()).containsExactlyElementsOf(waiting);
	}

	private List<IndexWaiters.Waiter> remaining() {
		List<IndexWaiters.Waiter> remaining = new ArrayList<>();
		for (IndexWaiters.Waiter next = this.waiters.poll(); next != null; next = this.waiters.poll()) {
			remaining.add(next);
		}
		return remaining;
	}

	private TestWaiter add(long index) {
		TestWaiter waiter = new TestWaiter(index);
		this.waiters.add(waiter);
		return waiter;
	}

	private static final class TestWaiter extends CompletableFuture<Long> implements IndexWaiters.Waiter {

		private final long index;

		TestWaiter(long index) {
			this.index = index;
		}

		@Override
		public long index() {
			return this.index;
		}

		@Override
		public void reached(long reachedIndex) {
			complete(reachedIndex);
		}

		@Override
		public void failed(RuntimeException reason) {
			completeExceptionally(reason);
		}

	}

}
