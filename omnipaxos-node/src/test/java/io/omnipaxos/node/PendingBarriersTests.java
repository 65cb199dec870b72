package io.omnipaxos.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PendingBarriersTests {

	private final PendingBarriers barriers = new PendingBarriers();

	private long lastId;

	@Test
	void anAnswerIsForAllThatWereAskedBefore() {
		CompletableFuture<Long> first = add();
		CompletableFuture<Long> second = add();
		CompletableFuture<Long> third = add();

		this.barriers.reached(2, 40);

		assertThat(first).isCompletedWithValue(40L);
		assertThat(second).isCompletedWithValue(40L);
		assertThat(third).isNotDone();
		assertThat(this.barriers.size()).isOne();
	}

	/** Without a quorum no answer comes, and readers go on asking and giving up. */
	@Test
	void thoseThatGaveUpAreForgotten() {
		CompletableFuture<Long> patient = add();
		for (int i = 0; i < 100_000; i++) {
			add().cancel(false);
		}

		assertThat(this.barriers.size()).isLessThan(3000);
		this.barriers.reached(this.lastId, 7);
		assertThat(patient).isCompletedWithValue(7L);
	}

	@Test
	void thoseThatStillWaitAreKept() {
		List<CompletableFuture<Long>> waiting = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			waiting.add(add());
		}

		this.barriers.failAll(new IllegalStateException("over"));

		assertThat(waiting).allMatch(CompletableFuture::isCompletedExceptionally);
		assertThat(this.barriers.size()).isZero();
	}

	private CompletableFuture<Long> add() {
		CompletableFuture<Long> answer = new CompletableFuture<>();
		this.barriers.add(++this.lastId, answer);
		return answer;
	}

}
