package io.omnipaxos.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.node.Appended;
import io.omnipaxos.node.OutcomeUnknownException;
import io.omnipaxos.node.ReplicaStoppedException;
import io.omnipaxos.node.ReplicatedLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Texts that were appended one after the other, through several lives of a node, and were
 * answered: they have to be there for ever.
 */
public final class AnsweredAppends {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int MOST_APPENDS = 2_000;

	private final List<String> answered = new ArrayList<>();

	private final String filler;

	/**
	 * Creates a log's beginning.
	 * @param size size of each text
	 */
	public AnsweredAppends(int size) {
		this.filler = "x".repeat(size);
	}

	/** Appends texts, each when the one before it is answered. */
	public void append(LoneNode node, int count) {
		for (int i = 0; i < count; i++) {
			String text = next();
			assertThat(node.log().append(text)).succeedsWithin(PATIENCE).isEqualTo(new Appended(this.answered.size()));
			this.answered.add(text);
		}
	}

	private String next() {
		return this.answered.size() + this.filler;
	}

	/**
	 * Appends until the storage fails, which may take what it had made room for, and sees
	 * to it that the node then says why, and answers nothing any more.
	 */
	public void appendUntilTheStorageFails(LoneNode node, String reason) {
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> {
			for (int i = 0; i < MOST_APPENDS; i++) {
				String text = next();
				node.log().append(text).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
				this.answered.add(text);
			}
		})
			.havingCause()
			// As the write failed that had the entry, or one between two appends.
			.isInstanceOfAny(OutcomeUnknownException.class, ReplicaStoppedException.class)
			.withMessageContaining(reason);
		assertThat(node.failure()).isInstanceOf(StorageException.class).hasMessageContaining(reason);
		ReplicatedLog<String> log = node.log();
		assertRefused(log.append("later"), reason);
		assertRefused(log.readBarrier(), reason);
		assertRefused(log.awaitDecided(1), reason);
		assertThatExceptionOfType(ReplicaStoppedException.class).isThrownBy(() -> log.read(0))
			.withMessageContaining(reason);
	}

	private static void assertRefused(CompletableFuture<?> future, String reason) {
		assertThat(future).failsWithin(PATIENCE)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(ReplicaStoppedException.class)
			.withMessageContaining(reason);
	}

	/**
	 * An append that was not answered may be there all the same; there was one at most.
	 */
	public void assertAreThere(LoneNode node) {
		assertThat(node.log().readBarrier()).succeedsWithin(PATIENCE);
		List<String> decided = node.decided();
		if (decided.size() > this.answered.size()) {
			this.answered.add(next());
		}
		assertThat(decided).isEqualTo(this.answered);
	}

}
