package io.omnipaxos.node;

import io.omnipaxos.core.OmniPaxos;

/**
 * Stops a replica with what somebody who works for it has run into.
 *
 * @param cause a {@link RuntimeException} or an {@link Error}
 */
record Failure(Throwable cause) implements Request {

	@Override
	public void applyTo(OmniPaxos core, Outstanding outstanding) {
		if (this.cause instanceof Error error) {
			throw error;
		}
		throw (RuntimeException) this.cause;
	}

	@Override
	public void refuse(ReplicaStoppedException reason) {
		// The replica has stopped already.
	}

}
