package io.omnipaxos.core.storage;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;

/**
 * Opens storages in memory. A log that is closed and opened again by the same factory is
 * as it was; what is kept goes with the factory. Thread-safe.
 */
public final class MemoryStorageFactory implements StorageFactory {

	private final String storageId;

	private final long lastSession;

	private final MemoryBudget budget;

	private final Map<String, MemoryStorage> storages = new ConcurrentHashMap<>();

	private final Set<String> open = ConcurrentHashMap.newKeySet();

	private final Map<NodeId, String> peers = new ConcurrentHashMap<>();

	/**
	 * Creates a factory whose storages are empty, and which has room for
	 * {@link #defaultMaxBytes()}.
	 * @param id identity of the data, as below
	 * @param lastSession session that the node's proposals must not go back to, as below
	 */
	public MemoryStorageFactory(String id, long lastSession) {
		this(id, lastSession, defaultMaxBytes());
	}

	/**
	 * Creates a factory whose storages are empty.
	 * @param id identity of the data, another one whenever data are lost; to be preceded
	 * by {@value StorageFactory#IN_MEMORY_ID_PREFIX}
	 * @param lastSession session that the node's proposals must not go back to, such as
	 * the time of its start in milliseconds; zero for a node that never ran
	 * @param maxBytes entries that all logs may hold together before they
	 * {@linkplain Storage#hasRoom have no room} for more, counted by {@link Entry#size()}
	 */
	public MemoryStorageFactory(String id, long lastSession, long maxBytes) {
		this.storageId = IN_MEMORY_ID_PREFIX + id;
		this.lastSession = lastSession;
		this.budget = new MemoryBudget(maxBytes);
	}

	/**
	 * Returns a third of the heap: short entries take nearly twice their size there, as
	 * do those of more than half a mebibyte in a small heap.
	 */
	public static long defaultMaxBytes() {
		return Runtime.getRuntime().maxMemory() / 3;
	}

	@Override
	public String storageId() {
		return this.storageId;
	}

	@Override
	public Storage open(String log) {
		if (!this.open.add(log)) {
			throw new StorageException("Log %s is open already".formatted(log), null);
		}
		return this.storages.computeIfAbsent(log,
				(name) -> new MemoryStorage(this.lastSession, this.budget, () -> this.open.remove(name)));
	}

	@Override
	public Optional<String> peerStorageId(NodeId peer) {
		return Optional.ofNullable(this.peers.get(peer));
	}

	@Override
	public void rememberPeer(NodeId peer, String storageId) {
		this.peers.put(peer, storageId);
	}

	/** Does nothing: the storages last as long as the factory is referred to. */
	@Override
	public void close() {
	}

}
