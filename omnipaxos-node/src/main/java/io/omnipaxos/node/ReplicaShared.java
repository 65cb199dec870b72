package io.omnipaxos.node;

/**
 * The parts of a replica that its thread shares with others.
 *
 * @param inbox what waits for the thread
 * @param view what the thread shows
 * @param events whom it tells
 * @param counters what it has done
 */
record ReplicaShared(Inbox inbox, ReplicaView view, ReplicaEvents events, ReplicaCounters counters) {
}
