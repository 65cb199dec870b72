package io.omnipaxos.sample.kv;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What a stretch of the log did: the last value of every key that was written in it. A
 * deleted key stays, with {@code null}, because the stretch may begin in the middle of
 * the log, after the key was written.
 *
 * @param values last values by key
 */
public record KeyValueSnapshot(Map<String, @Nullable Object> values) {

	public KeyValueSnapshot {
		values = Collections.unmodifiableMap(new TreeMap<>(values));
	}

}
