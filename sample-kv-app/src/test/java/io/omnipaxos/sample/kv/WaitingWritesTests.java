package io.omnipaxos.sample.kv;

import java.util.concurrent.CompletableFuture;

import io.omnipaxos.core.OverloadedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** How many writes may wait: two, here. */
class WaitingWritesTests {

	private final WaitingWrites writes = new WaitingWrites(2);

	@Test
	void thoseBeyondTheBoundAreNotBegun() {
		this.writes.admit(CompletableFuture::new);
		this.writes.admit(CompletableFuture::new);

		CompletableFuture<String> third = this.writes.admit(() -> {
			throw new AssertionError("Begun");
		});

		assertThat(third).isCompletedExceptionally();
		assertThat(third.handle((written, failure) -> failure).join()).isInstanceOf(OverloadedException.class);
	}

	@Test
	void whateverBecomesOfAWriteItsPlaceIsFreeThen() {
		CompletableFuture<String> decided = new CompletableFuture<>();
		CompletableFuture<String> failed = new CompletableFuture<>();
		this.writes.admit(() -> decided);
		this.writes.admit(() -> failed);
		decided.complete("done");
		failed.completeExceptionally(new IllegalStateException("failed"));

		assertThat(this.writes.admit(() -> CompletableFuture.completedFuture("next"))).isCompletedWithValue("next");
		assertThatIllegalArgumentException().isThrownBy(() -> this.writes.admit(() -> {
			throw new IllegalArgumentException("too large");
		}));
		assertThat(this.writes.admit(CompletableFuture::new)).isNotDone();
		assertThat(this.writes.admit(CompletableFuture::new)).isNotDone();
	}

	/** A client that gave up does not make its write wait any less. */
	@Test
	void aCallerThatGivesUpFreesNoPlace() {
		CompletableFuture<String> first = this.writes.admit(CompletableFuture::new);
		first.completeExceptionally(new IllegalStateException("timed out"));
		this.writes.admit(CompletableFuture::new);

		assertThat(this.writes.admit(CompletableFuture::new)).isCompletedExceptionally();
	}

}
