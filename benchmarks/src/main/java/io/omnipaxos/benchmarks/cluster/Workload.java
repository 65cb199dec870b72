package io.omnipaxos.benchmarks.cluster;

/**
 * What a system is asked to do.
 *
 * @param nodes how many nodes
 * @param outstanding how many appends are under way
 * @param entryBytes length of an entry
 */
record Workload(int nodes, int outstanding, int entryBytes) {
}
