package io.omnipaxos.node;

import java.util.List;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.NodeId;

/**
 * What a transport reports to its node. Safe for use by several threads; never blocks.
 */
public interface TransportHandler {

	/**
	 * Takes messages that arrived.
	 * @param log name of the log; messages of a log that this node does not have are
	 * dropped
	 * @param messages messages, in the order in which they arrived
	 */
	void received(String log, List<Envelope> messages);

	/** A connection to the peer is there, for the first time or again. */
	void connected(NodeId peer);

	/**
	 * A connection to the peer was lost, and could not be opened again: to be told as
	 * soon as it shows, as it makes the loss of a leader known before its silence does. A
	 * transport that does not notice may leave it out. If it was wrong,
	 * {@link #connected(NodeId)} puts it right.
	 */
	void disconnected(NodeId peer);

}
