package io.omnipaxos.storage;

import java.nio.file.Path;
import java.time.Duration;

import io.omnipaxos.core.LogEntry;
import io.omnipaxos.node.Subscription;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody reads a long log from its beginning, and others write it meanwhile. */
class ListenersBesideWritesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int ENTRIES = 200;

	private static final int A_PIECE = 10;

	private final AnsweredAppends appends = new AnsweredAppends(100_000);

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource
	void anAppendIsAnsweredBetweenAnyTwoPiecesOfARead(Storages kind) {
		try (LoneNode node = LoneNode.start(kind.open(kind.place(this.directory)))) {
			this.appends.append(node, ENTRIES);

			Subscription subscription = node.log().follow(0, (entry) -> {
				long index = ((LogEntry.Decided<String>) entry).index();
				if (index < ENTRIES && index % A_PIECE == 0) {
					this.appends.append(node, 1);
				}
			});

			assertThat(subscription.reached(ENTRIES + ENTRIES / A_PIECE)).succeedsWithin(PATIENCE);
			this.appends.assertAreThere(node);
		}
	}

}
