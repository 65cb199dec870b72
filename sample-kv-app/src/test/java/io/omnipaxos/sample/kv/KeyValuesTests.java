package io.omnipaxos.sample.kv;

import java.util.List;

import io.omnipaxos.core.LogEntry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The state that a node builds from the log, whatever it finds there. */
class KeyValuesTests {

	private final KeyValueSnapshotter snapshotter = new KeyValueSnapshotter();

	private final KeyValues values = new KeyValues();

	@Test
	void theLastWriteOfAKeyCounts() {
		decide(new KeyValue("a", 1), new KeyValue("b", "two"), new KeyValue("a", 3));
		assertThat(this.values.get("a")).contains(new KeyValue("a", 3));
		assertThat(this.values.get("b")).contains(new KeyValue("b", "two"));
	}

	@Test
	void aDeletedKeyIsGone() {
		decide(new KeyValue("a", 1), KeyValue.deleted("a"), KeyValue.deleted("never written"));
		assertThat(this.values.get("a")).isEmpty();
		assertThat(this.values.page(null, 10).entries()).isEmpty();
	}

	@Test
	void aSnapshotStandsForTheEntriesThatItFolds() {
		KeyValueSnapshot first = this.snapshotter.create(List.of(new KeyValue("a", 1), new KeyValue("b", 1)));
		KeyValueSnapshot second = this.snapshotter.create(List.of(KeyValue.deleted("a"), new KeyValue("c", 3)));
		this.values.apply(new LogEntry.Snapshotted<>(0, 4, this.snapshotter.merge(first, second)));
		assertThat(this.values.page(null, 10).entries()).containsExactly(new KeyValue("b", 1), new KeyValue("c", 3));
	}

	/** A store that has applied [0, 2) takes a snapshot of [0, 4). */
	@Test
	void aSnapshotThatBeginsBeforeThisStateDeletesWhatWasDeletedSince() {
		decide(new KeyValue("a", 1), new KeyValue("b", 1));
		this.values.apply(new LogEntry.Snapshotted<>(0, 4, this.snapshotter
			.create(List.of(new KeyValue("a", 1), new KeyValue("b", 1), KeyValue.deleted("a"), new KeyValue("b", 2)))));
		assertThat(this.values.page(null, 10).entries()).containsExactly(new KeyValue("b", 2));
	}

	@Test
	void mergingFoldsAsCreatingAtOnceDoes() {
		List<KeyValue> base = List.of(new KeyValue("a", 1), new KeyValue("b", 2));
		List<KeyValue> delta = List.of(KeyValue.deleted("b"), new KeyValue("c", 3));
		KeyValueSnapshot merged = this.snapshotter.merge(this.snapshotter.create(base), this.snapshotter.create(delta));
		assertThat(merged)
			.isEqualTo(this.snapshotter.create(List.of(base.get(0), base.get(1), delta.get(0), delta.get(1))));
	}

	@Test
	void refusesALogWhoseBeginningIsLost() {
		assertThatIllegalStateException().isThrownBy(() -> this.values.apply(new LogEntry.Trimmed<>(7)))
			.withMessageContaining("below 7");
	}

	@Test
	void pagesFollowEachOtherInTheOrderOfTheKeys() {
		decide(new KeyValue("c", 3), new KeyValue("a", 1), new KeyValue("b", 2));
		KeyValues.Page first = this.values.page(null, 2);
		KeyValues.Page second = this.values.page(first.next(), 2);
		assertThat(first).isEqualTo(new KeyValues.Page(List.of(new KeyValue("a", 1), new KeyValue("b", 2)), "b"));
		assertThat(second).isEqualTo(new KeyValues.Page(List.of(new KeyValue("c", 3)), null));
	}

	@Test
	void anExactlyFullPageIsTheLast() {
		decide(new KeyValue("a", 1), new KeyValue("b", 2));
		assertThat(this.values.page(null, 2).next()).isNull();
	}

	private void decide(KeyValue... entries) {
		for (int index = 0; index < entries.length; index++) {
			this.values.apply(new LogEntry.Decided<>(index, entries[index]));
		}
	}

}
