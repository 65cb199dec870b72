package io.omnipaxos.core.storage;

import java.util.Optional;

import io.omnipaxos.core.model.NodeId;

/**
 * What a node remembers of the storages of its peers: the identity that each had when it
 * was met. A peer that comes with another one has lost its promises, or never made them.
 * <p>
 * Implementations are safe for use by several threads. They keep what they are told, and
 * judge nothing.
 */
public interface PeerStorageIds {

	/**
	 * Returns the identity that was remembered last.
	 * @param peer node that is met
	 * @return identity of its storage, or nothing if none was remembered
	 * @throws StorageException if it can't be read
	 */
	Optional<String> peerStorageId(NodeId peer);

	/**
	 * Remembers an identity, instead of any earlier one of that peer. <b>When this
	 * returns it is as durable as the logs are.</b> May block for as long as a write
	 * does.
	 * @param peer node that is met
	 * @param storageId identity of its storage, at most
	 * {@value StorageFactory#MAX_ID_LENGTH} characters
	 * @throws StorageException if it can't be kept
	 */
	void rememberPeer(NodeId peer, String storageId);

}
