package io.omnipaxos.sample.tutorial;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.omnipaxos.node.Snapshotter;

/** Folds entries by keeping the last one of each key. */
public class KeyValueSnapshotter implements Snapshotter<KeyValue, KeyValueSnapshot> {

	@Override
	public KeyValueSnapshot create(List<KeyValue> entries) {
		Map<String, Long> values = new HashMap<>();
		entries.forEach((entry) -> values.put(entry.key(), entry.value()));
		return new KeyValueSnapshot(values);
	}

	@Override
	public KeyValueSnapshot merge(KeyValueSnapshot base, KeyValueSnapshot delta) {
		Map<String, Long> values = new HashMap<>(base.values());
		values.putAll(delta.values());
		return new KeyValueSnapshot(values);
	}

}
