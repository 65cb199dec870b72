package io.omnipaxos.sample.tutorial;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.omnipaxos.core.LogEntry;
import io.omnipaxos.node.Appended;
import io.omnipaxos.node.ReplicatedLog;
import io.omnipaxos.node.Subscription;

import org.springframework.stereotype.Service;

/** The store. */
@Service
public class KeyValueStore {

	private final ReplicatedLog<KeyValue> log;

	private final Map<String, Long> values = new ConcurrentHashMap<>();

	private final Subscription applied;

	KeyValueStore(ReplicatedLog<KeyValue> log) {
		this.log = log;
		this.applied = log.follow(0, this::apply);
	}

	private void apply(LogEntry<KeyValue> entry) {
		if (entry instanceof LogEntry.Decided<KeyValue> decided) {
			this.values.put(decided.value().key(), decided.value().value());
		}
		else if (entry instanceof LogEntry.Snapshotted<KeyValue> snapshotted) {
			this.values.putAll(((KeyValueSnapshot) snapshotted.snapshot()).values());
		}
	}

	/** Completes once the cluster has decided the write. */
	public CompletableFuture<Appended> put(String key, long value) {
		return this.log.append(new KeyValue(key, value));
	}

	/** Sees every write that had completed, on any node, before this was called. */
	public CompletableFuture<Optional<Long>> get(String key) {
		return this.applied.read(() -> Optional.ofNullable(this.values.get(key)));
	}

}
