package io.omnipaxos.sample.kv;

import io.omnipaxos.autoconfigure.ReplicatedEntry;
import org.jspecify.annotations.Nullable;

/**
 * The entry of the tutorial: from here on in the log, the key has the value.
 *
 * @param key any key
 * @param value a string or a number, or {@code null} when the key is deleted
 */
@ReplicatedEntry(snapshotter = KeyValueSnapshotter.class)
public record KeyValue(String key, @Nullable Object value) {

	public KeyValue {
		if (value != null && !(value instanceof String) && !isFinite(value)) {
			throw new IllegalArgumentException("A value must be a JSON string or number");
		}
	}

	/** Returns the entry that deletes a key. */
	public static KeyValue deleted(String key) {
		return new KeyValue(key, null);
	}

	private static boolean isFinite(Object value) {
		return value instanceof Number number && (!(number instanceof Double) || Double.isFinite(number.doubleValue()));
	}

}
