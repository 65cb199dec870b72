package io.omnipaxos.test.simulation;

import java.util.stream.Stream;

import io.omnipaxos.core.SnapshotFolder;
import io.omnipaxos.core.model.Payload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The same entries are other bytes on every node, of the same length. */
class WholeContentFolderTests {

	private static final int LAST_NODE = 30;

	private final Payload ofFirst = fold(0, null, "a", "", "b");

	private final Payload ofLast = fold(LAST_NODE, null, "a", "", "b");

	@Test
	void nodesHaveTheSameEntriesInOtherBytes() {
		assertThat(this.ofFirst).isNotEqualTo(this.ofLast);
		assertThat(this.ofFirst.size()).isEqualTo(this.ofLast.size());
		assertThat(WholeContentFolder.entries(this.ofFirst)).containsExactly("a", "", "b");
		assertThat(WholeContentFolder.entries(this.ofLast)).containsExactly("a", "", "b");
		assertThat(WholeContentFolder.entries(Payload.EMPTY)).isEmpty();
	}

	@Test
	void whoeverGoesOnFromASnapshotMakesItsOwn() {
		assertThat(fold(0, this.ofLast, "c")).isEqualTo(fold(0, null, "a", "", "b", "c"));
	}

	@Test
	void piecesOfTwoNodesAreSeen() {
		for (int cut = 2; cut < this.ofFirst.size(); cut++) {
			Payload mixed = Payload
				.ofText(this.ofFirst.slice(0, cut).asText() + this.ofLast.slice(cut, this.ofLast.size()).asText());
			assertThatExceptionOfType(InvariantViolation.class).isThrownBy(() -> WholeContentFolder.entries(mixed))
				.withMessageContaining("one node's pieces");
		}
	}

	private static Payload fold(int node, @Nullable Payload base, String... entries) {
		SnapshotFolder.Fold fold = new WholeContentFolder(node).begin(base);
		fold.add(Stream.of(entries).map(Payload::ofText).toList());
		return fold.finish();
	}

}
