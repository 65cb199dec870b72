package io.omnipaxos.node;

import java.util.List;
import java.util.Map;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.PeerStorageIds;

/**
 * Carries messages between the nodes of a cluster. May lose, repeat and reorder them: the
 * protocol heals that. All logs of a node share one transport.
 */
public interface Transport extends AutoCloseable {

	/**
	 * Begins to carry messages.
	 * @param self node that this is
	 * @param handler where to deliver what arrives
	 */
	void start(LocalNode self, TransportHandler handler);

	/**
	 * Sends messages of one log. Never blocks; what does not fit its queues is dropped.
	 * Called by the log's own thread and, perhaps at the same time, by the one that reads
	 * for peers that lag.
	 * @param log name of the log
	 * @param messages messages, each with its own address
	 */
	void send(String log, List<Envelope> messages);

	/** Returns what is known of the connection to each peer. */
	Map<NodeId, PeerConnection> connections();

	/** Ends all connections; nothing is delivered after this returns. */
	@Override
	void close();

	/**
	 * The node that a transport works for.
	 *
	 * @param cluster name of the cluster
	 * @param pid node
	 * @param configurationId its configuration
	 * @param storageId identity of its data
	 * @param peerStorageIds what it remembers of its peers, for a transport that hears
	 * who they are
	 * @param config everything else about it
	 */
	record LocalNode(String cluster, NodeId pid, int configurationId, String storageId, PeerStorageIds peerStorageIds,
			OmniPaxosConfig config) {
	}

	/**
	 * State of the connection to a peer.
	 *
	 * @param connected whether messages to the peer can leave now
	 * @param detail why not, or where to, for a human
	 * @param sent messages handed to the connection so far, whether or not they arrived
	 * @param dropped messages that did not fit the queue, were to be sent while there was
	 * no connection, or still waited for it when it broke
	 * @param bytesSent bytes written so far
	 * @param bytesReceived bytes read from that peer so far
	 */
	record PeerConnection(boolean connected, String detail, long sent, long dropped, long bytesSent,
			long bytesReceived) {
	}

}
