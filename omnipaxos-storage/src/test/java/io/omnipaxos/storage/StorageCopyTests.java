package io.omnipaxos.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageIdentityException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Copies of what a node stored, as {@code docs/storage.md} speaks of them. */
class StorageCopyTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final AnsweredAppends appends = new AnsweredAppends(1_000);

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource
	void aNodeThatIsStoppedGoesOnInAnotherPlace(Storages kind) throws IOException {
		String copy = copyOfAStoppedNode(kind);
		for (int life = 0; life < 2; life++) {
			try (LoneNode node = LoneNode.start(kind.open(copy))) {
				this.appends.assertAreThere(node);
				this.appends.append(node, 10);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void anotherNodeIsRefusedTheCopy(Storages kind) throws IOException {
		String copy = copyOfAStoppedNode(kind);

		assertThatExceptionOfType(StorageIdentityException.class)
			.isThrownBy(() -> kind.open(copy, Storages.CLUSTER, new NodeId(3)))
			.withMessageContaining("node n2")
			.withMessageContaining("node n3");
	}

	@ParameterizedTest
	@EnumSource
	void aNewClusterGoesOnFromWhatTheApplicationKept(Storages kind) throws IOException {
		List<String> kept;
		try (LoneNode node = LoneNode.start(kind.open(place(kind, "original")))) {
			this.appends.append(node, 10);
			kept = node.decided();
		}

		String another = place(kind, "another");
		for (int life = 0; life < 2; life++) {
			try (LoneNode node = LoneNode.start(kind.open(another, "another bank", Storages.NODE))) {
				if (life == 0) {
					assertThat(node.log().appendAll(kept)).succeedsWithin(PATIENCE);
				}
				this.appends.assertAreThere(node);
				this.appends.append(node, 1);
			}
		}
	}

	private String copyOfAStoppedNode(Storages kind) throws IOException {
		String original = place(kind, "original");
		try (LoneNode node = LoneNode.start(kind.open(original))) {
			this.appends.append(node, 10);
		}
		String copy = place(kind, "copy");
		kind.copy(original, copy);
		return copy;
	}

	private String place(Storages kind, String name) throws IOException {
		return kind.place(Files.createDirectory(this.directory.resolve(name)));
	}

}
