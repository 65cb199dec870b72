package io.omnipaxos.sample.kv;

/**
 * This node hears neither its leader nor enough nodes to elect one. Nothing was done.
 */
class NoQuorumException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	NoQuorumException() {
		super("This node is connected neither to a leader nor to a quorum of the cluster");
	}

}
