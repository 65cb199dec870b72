package io.omnipaxos.core.storage;

/**
 * Opens the storages of one node, one for each of its logs, and keeps what the node knows
 * of its peers' storages. Made for one cluster and one pid, and refuses data that belong
 * to another.
 */
public interface StorageFactory extends PeerStorageIds, AutoCloseable {

	/** Most characters that an identity has. */
	int MAX_ID_LENGTH = 255;

	/**
	 * What the identity of data begins with that are lost by nature when the process
	 * ends. Peers let a node come back without them.
	 */
	String IN_MEMORY_ID_PREFIX = "memory-";

	/**
	 * Returns the identity of the data themselves: drawn when they were first created,
	 * kept with them, and different after they were lost. Peers recognise by it a node
	 * that came back without its memory.
	 * @return identity, the same for all logs of the node, in printable ASCII; at most
	 * {@value #MAX_ID_LENGTH} characters
	 */
	String storageId();

	/**
	 * Opens the storage of a log, and creates it when it does not exist.
	 * @param log name of the log
	 * @return storage that nobody else has open
	 * @throws StorageIdentityException if the data belong to another cluster, node or log
	 * @throws StorageException if it cannot be opened, or is open elsewhere
	 */
	Storage open(String log);

	/** Releases what the storages share. Storages are closed by whoever opened them. */
	@Override
	void close();

}
