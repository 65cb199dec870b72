package io.omnipaxos.node;

import io.omnipaxos.core.AppendRefusedException;

/**
 * This node's replica of the log is not running: it was stopped, or its storage failed.
 * The entry was certainly not appended.
 */
public class ReplicaStoppedException extends AppendRefusedException {

	private static final long serialVersionUID = 1L;

	public ReplicaStoppedException(String message) {
		super(message);
	}

}
