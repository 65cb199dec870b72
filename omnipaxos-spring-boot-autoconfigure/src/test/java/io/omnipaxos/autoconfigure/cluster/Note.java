package io.omnipaxos.autoconfigure.cluster;

import io.omnipaxos.autoconfigure.ReplicatedEntry;

@ReplicatedEntry(name = "notes")
record Note(String text) {

}
