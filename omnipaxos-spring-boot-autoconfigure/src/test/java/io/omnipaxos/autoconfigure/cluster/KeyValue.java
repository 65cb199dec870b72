package io.omnipaxos.autoconfigure.cluster;

import io.omnipaxos.autoconfigure.ReplicatedEntry;

@ReplicatedEntry(snapshotter = KeyValueSnapshotter.class)
record KeyValue(String key, long value) {

}
