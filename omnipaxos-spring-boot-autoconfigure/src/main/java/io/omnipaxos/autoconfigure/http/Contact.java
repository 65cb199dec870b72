package io.omnipaxos.autoconfigure.http;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.TransportHandler;

/**
 * Tells the node when a peer is connected, and when it no longer is: once, not at every
 * attempt in vain. For the thread of the links.
 */
final class Contact {

	private final NodeId peer;

	private final TransportHandler handler;

	private boolean connected;

	Contact(NodeId peer, TransportHandler handler) {
		this.peer = peer;
		this.handler = handler;
	}

	/** A stream is open. */
	void found() {
		this.connected = true;
		this.handler.connected(this.peer);
	}

	/** No stream is open, and the last attempt to open one was in vain. */
	void missed() {
		if (this.connected) {
			this.connected = false;
			this.handler.disconnected(this.peer);
		}
	}

}
