package io.omnipaxos.node;

import io.omnipaxos.core.AppendRefusedException;

/**
 * This node's replica of the log is not running: it was stopped, or its storage failed.
 * An append that fails with this was certainly not made. A read, or whoever waits, has
 * learnt nothing and may ask another node; a trim or a snapshot may yet be done.
 */
public class ReplicaStoppedException extends AppendRefusedException {

	private static final long serialVersionUID = 1L;

	public ReplicaStoppedException(String message) {
		super(message);
	}

}
