package io.omnipaxos.node;

/**
 * What one replica has done since it started; every number only grows.
 *
 * @param appended appends that callers made and that were taken
 * @param refused appends that were refused
 * @param decided entries decided
 * @param elections changes of leader seen
 * @param writes synced writes
 * @param writeNanos time spent in them, in nanoseconds
 * @param entriesWritten entries in them
 * @param received messages taken from peers
 * @param inboxDropped messages dropped because the inbox was full
 */
public record ReplicaMetrics(long appended, long refused, long decided, long elections, long writes, long writeNanos,
		long entriesWritten, long received, long inboxDropped) {

	/** What a replica has done before it starts. */
	static final ReplicaMetrics NOTHING = new ReplicaMetrics(0, 0, 0, 0, 0, 0, 0, 0, 0);

}
