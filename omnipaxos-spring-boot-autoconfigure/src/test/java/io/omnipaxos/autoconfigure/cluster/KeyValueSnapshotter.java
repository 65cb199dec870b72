package io.omnipaxos.autoconfigure.cluster;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.omnipaxos.node.Snapshotter;

class KeyValueSnapshotter implements Snapshotter<KeyValue, Map<String, Long>> {

	@Override
	public Map<String, Long> create(List<KeyValue> entries) {
		Map<String, Long> values = new TreeMap<>();
		entries.forEach((entry) -> values.put(entry.key(), entry.value()));
		return values;
	}

	@Override
	public Map<String, Long> merge(Map<String, Long> base, Map<String, Long> delta) {
		Map<String, Long> values = new TreeMap<>(base);
		values.putAll(delta);
		return values;
	}

}
