package io.omnipaxos.core.message;

import io.omnipaxos.core.model.NodeId;

/**
 * A message with its addresses and its configuration. A message of another configuration
 * is never obeyed.
 *
 * @param from node that sends
 * @param to node that is meant
 * @param configurationId configuration that the sender speaks for
 * @param message what it says
 */
public record Envelope(NodeId from, NodeId to, int configurationId, Message message) {

	@Override
	public String toString() {
		return this.from + " -> " + this.to + "  " + this.message;
	}

}
