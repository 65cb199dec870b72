package io.omnipaxos.core.storage;

/**
 * Opens the storages of one node, one for each of its logs. Made for one cluster and one
 * pid, and refuses data that belong to another.
 */
public interface StorageFactory extends AutoCloseable {

	/**
	 * Returns the identity of the data themselves: drawn when they were first created,
	 * kept with them, and different after they were lost. Peers recognise by it a node
	 * that came back without its memory.
	 * @return identity, the same for all logs of the node
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
