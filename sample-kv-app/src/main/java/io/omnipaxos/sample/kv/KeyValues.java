package io.omnipaxos.sample.kv;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

import io.omnipaxos.core.LogEntry;
import org.jspecify.annotations.Nullable;

/**
 * The values as of some index of the log. Applies one decided entry after the other; may
 * be read by any thread meanwhile, and then shows the state between two entries.
 */
class KeyValues {

	private final NavigableMap<String, Object> values = new TreeMap<>();

	/**
	 * Applies the next entry of the log.
	 * @throws IllegalStateException if entries were trimmed, without which the values
	 * can't be known
	 */
	synchronized void apply(LogEntry<KeyValue> entry) {
		if (entry instanceof LogEntry.Decided<KeyValue> decided) {
			set(decided.value().key(), decided.value().value());
		}
		else if (entry instanceof LogEntry.Snapshotted<KeyValue> snapshotted) {
			// Every key that was written since the snapshot's base is in it.
			((KeyValueSnapshot) snapshotted.snapshot()).values().forEach(this::set);
		}
		else if (entry instanceof LogEntry.Trimmed<KeyValue> trimmed) {
			throw new IllegalStateException("Entries below %d were trimmed".formatted(trimmed.index()));
		}
	}

	private void set(String key, @Nullable Object value) {
		if (value != null) {
			this.values.put(key, value);
		}
		else {
			this.values.remove(key);
		}
	}

	synchronized Optional<KeyValue> get(String key) {
		return Optional.ofNullable(this.values.get(key)).map((value) -> new KeyValue(key, value));
	}

	/**
	 * Returns the values in the order of their keys.
	 * @param after key after which to begin, or {@code null} for the first one
	 * @param limit how many at most, at least one
	 */
	synchronized Page page(@Nullable String after, int limit) {
		NavigableMap<String, Object> rest = (after != null) ? this.values.tailMap(after, false) : this.values;
		List<KeyValue> entries = rest.entrySet()
			.stream()
			.limit(limit + 1L)
			.map((entry) -> new KeyValue(entry.getKey(), entry.getValue()))
			.toList();
		if (entries.size() <= limit) {
			return new Page(entries, null);
		}
		return new Page(entries.subList(0, limit), entries.get(limit - 1).key());
	}

	/**
	 * A part of the values.
	 *
	 * @param entries values, in the order of their keys
	 * @param next key after which the next page begins, or {@code null} on the last one
	 */
	record Page(List<KeyValue> entries, @Nullable String next) {
	}

}
