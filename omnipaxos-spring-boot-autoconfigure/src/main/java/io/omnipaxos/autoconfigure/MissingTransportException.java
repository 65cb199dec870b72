package io.omnipaxos.autoconfigure;

import java.util.List;

import io.omnipaxos.core.model.NodeId;

/**
 * A node has peers and no way to reach them.
 *
 * @since 0.1.0
 */
public class MissingTransportException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final transient List<NodeId> peers;

	/**
	 * Creates an exception.
	 * @param peers peers that can't be reached
	 */
	public MissingTransportException(List<NodeId> peers) {
		super("There is no transport to reach the peers " + peers);
		this.peers = List.copyOf(peers);
	}

	/** Returns the peers that can't be reached. */
	public List<NodeId> peers() {
		return this.peers;
	}

}
