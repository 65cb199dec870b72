package io.omnipaxos.storage.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.omnipaxos.node.Appended;
import io.omnipaxos.storage.LoneNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A database that ends the sessions of a node again and again. */
final class UnsteadyDatabase {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int ROUNDS = 20;

	private static final int APPENDS = 30;

	private UnsteadyDatabase() {
	}

	/**
	 * Sees a node go on by itself, and everything decided once and in order.
	 * @param start starts the node
	 * @param endSessions ends its sessions, and returns how many there were
	 */
	static void isOvercomeBy(Supplier<LoneNode> start, LongSupplier endSessions) {
		List<String> texts = IntStream.range(0, ROUNDS * APPENDS).mapToObj(Integer::toString).toList();
		try (LoneNode node = start.get()) {
			List<CompletableFuture<Appended>> answers = new ArrayList<>();
			long ended = 0;
			for (int round = 0; round < ROUNDS; round++) {
				for (String text : texts.subList(round * APPENDS, (round + 1) * APPENDS)) {
					answers.add(node.log().append(text));
				}
				ended += endSessions.getAsLong();
				assertThat(answers.get(round * APPENDS)).succeedsWithin(PATIENCE);
			}
			for (int index = 0; index < answers.size(); index++) {
				assertThat(answers.get(index)).succeedsWithin(PATIENCE).isEqualTo(new Appended(index));
			}
			assertThat(node.decided()).isEqualTo(texts);
			assertThat(ended).isGreaterThanOrEqualTo(ROUNDS);
		}
		try (LoneNode node = start.get()) {
			assertThat(node.log().readBarrier()).succeedsWithin(PATIENCE);
			assertThat(node.decided()).isEqualTo(texts);
		}
	}

}
