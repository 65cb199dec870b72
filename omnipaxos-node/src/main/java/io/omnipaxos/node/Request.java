package io.omnipaxos.node;

import io.omnipaxos.core.OmniPaxos;

/**
 * Something a caller wants of a replica, to be done on the replica's thread.
 */
interface Request {

	/**
	 * Hands this to the core, and leaves with {@code outstanding} what is to be answered
	 * later. What the core refuses is answered at once; whatever else it throws stops the
	 * replica.
	 */
	void applyTo(OmniPaxos core, Outstanding outstanding);

	/** Answers that the replica stopped before this was handed to the core. */
	void refuse(ReplicaStoppedException reason);

}
