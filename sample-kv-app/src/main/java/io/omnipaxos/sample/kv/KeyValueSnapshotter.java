package io.omnipaxos.sample.kv;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.omnipaxos.node.Snapshotter;
import org.jspecify.annotations.Nullable;

/** Folds entries by keeping the last one of each key. */
public class KeyValueSnapshotter implements Snapshotter<KeyValue, KeyValueSnapshot> {

	@Override
	public KeyValueSnapshot create(List<KeyValue> entries) {
		Map<String, @Nullable Object> values = new HashMap<>();
		entries.forEach((entry) -> values.put(entry.key(), entry.value()));
		return new KeyValueSnapshot(values);
	}

	@Override
	public KeyValueSnapshot merge(KeyValueSnapshot base, KeyValueSnapshot delta) {
		Map<String, @Nullable Object> values = new HashMap<>(base.values());
		values.putAll(delta.values());
		return new KeyValueSnapshot(values);
	}

}
