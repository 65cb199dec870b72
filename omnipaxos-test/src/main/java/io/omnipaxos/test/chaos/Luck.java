package io.omnipaxos.test.chaos;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.Fate;

/** What chance did once, where it was not the usual. */
sealed interface Luck {

	/**
	 * Fate of one message.
	 *
	 * @param from node that sent
	 * @param to node that was meant
	 * @param number how many messages went that way before
	 * @param fate what became of it
	 */
	record OfMessage(NodeId from, NodeId to, long number, Fate fate) implements Luck {
	}

	/**
	 * How long a disk took once.
	 *
	 * @param node node whose disk it is
	 * @param number how often it was used before
	 * @param delay units of time
	 */
	record OfDisk(NodeId node, long number, int delay) implements Luck {
	}

}
