package io.omnipaxos.sample.tutorial;

import io.omnipaxos.autoconfigure.ReplicatedEntry;

/** The entry. */
@ReplicatedEntry(snapshotter = KeyValueSnapshotter.class)
public record KeyValue(String key, long value) {
}
