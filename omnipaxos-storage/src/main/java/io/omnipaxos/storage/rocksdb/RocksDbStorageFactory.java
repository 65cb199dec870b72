package io.omnipaxos.storage.rocksdb;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageIdentityException;
import io.omnipaxos.storage.format.NodeIdentity;

/**
 * Opens the logs of a node in one RocksDB database, a directory of its own. RocksDB locks
 * it against every other process. Thread-safe.
 * <p>
 * Needs {@code org.rocksdb:rocksdbjni} on the class path.
 */
public final class RocksDbStorageFactory implements StorageFactory {

	private final RocksDbDatabase database;

	private final String cluster;

	private final String storageId;

	private final Set<String> open = ConcurrentHashMap.newKeySet();

	/**
	 * Opens the data of a node, and makes them its own if they are nobody's.
	 * @param directory where they are; created if it does not exist
	 * @param cluster name of the cluster
	 * @param node the node
	 * @throws StorageIdentityException if the data belong to another cluster or node
	 * @throws StorageException if the directory can't be used, or is in use
	 */
	public RocksDbStorageFactory(Path directory, String cluster, NodeId node) {
		this.cluster = cluster;
		this.database = RocksDbDatabase.open(directory);
		try {
			this.storageId = identify(node).storageId();
		}
		catch (RuntimeException ex) {
			this.database.close();
			throw ex;
		}
	}

	private NodeIdentity identify(NodeId node) {
		byte[] stored = this.database.get(Keys.IDENTITY);
		if (stored == null) {
			NodeIdentity drawn = NodeIdentity.draw(this.cluster, node, false);
			this.database.write((batch) -> batch.put(this.database.logs(), Keys.IDENTITY, drawn.toBytes()));
			return drawn;
		}
		NodeIdentity found = NodeIdentity.of(stored);
		found.check(this.cluster, node);
		return found;
	}

	@Override
	public String storageId() {
		return this.storageId;
	}

	@Override
	public synchronized Storage open(String log) {
		if (!this.open.add(log)) {
			throw new StorageException("Log %s is open already".formatted(log), null);
		}
		try {
			return new RocksDbStorage(this.database, LogRecord.of(this.database, log), () -> this.open.remove(log));
		}
		catch (RuntimeException ex) {
			this.open.remove(log);
			throw ex;
		}
	}

	@Override
	public Optional<String> peerStorageId(NodeId peer) {
		return Optional.ofNullable(this.database.get(Keys.peer(peer)))
			.map((stored) -> NodeIdentity.of(stored).storageId());
	}

	@Override
	public void rememberPeer(NodeId peer, String storageId) {
		byte[] identity = new NodeIdentity(this.cluster, peer, storageId).toBytes();
		this.database.write((batch) -> batch.put(this.database.logs(), Keys.peer(peer), identity));
	}

	/** Closes the database. A storage that is still open fails from now on. */
	@Override
	public void close() {
		this.database.close();
	}

}
