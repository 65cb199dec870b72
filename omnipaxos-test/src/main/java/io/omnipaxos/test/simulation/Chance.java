package io.omnipaxos.test.simulation;

import io.omnipaxos.core.model.NodeId;

/**
 * Decides everything that is left to chance while a cluster runs.
 */
public interface Chance {

	/**
	 * Decides what becomes of a message.
	 * @param from node that sends
	 * @param to node that is meant
	 * @param number how many messages went that way before
	 * @param faults how the link behaves
	 * @return fate of the message
	 */
	Fate message(NodeId from, NodeId to, long number, LinkFaults faults);

	/**
	 * Decides how long a disk takes to write, or to read a piece for a peer.
	 * @param node node whose disk it is
	 * @param number how often it was used before
	 * @param faults how the disk behaves
	 * @return units of time
	 */
	int disk(NodeId node, long number, DiskFaults faults);

}
