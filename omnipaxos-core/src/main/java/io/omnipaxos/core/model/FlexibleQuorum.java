package io.omnipaxos.core.model;

/**
 * Sizes of the quorums where majorities are not wanted: a small write quorum decides
 * faster, the large read quorum that it needs tolerates fewer failures while a leader is
 * sought.
 *
 * @param readQuorumSize nodes that must promise before a leader leads (the prepare
 * quorum)
 * @param writeQuorumSize nodes that must accept before an entry is decided
 */
public record FlexibleQuorum(int readQuorumSize, int writeQuorumSize) {
}
