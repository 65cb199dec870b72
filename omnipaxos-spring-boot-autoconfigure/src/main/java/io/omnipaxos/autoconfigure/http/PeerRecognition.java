package io.omnipaxos.autoconfigure.http;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.PeerStorageIds;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recognises peers by the identity of their storages, and turns away one that comes back
 * with another: it has forgotten what it promised and accepted, and its votes could undo
 * what was decided with them. Thread-safe.
 */
final class PeerRecognition {

	private static final Logger logger = LoggerFactory.getLogger(PeerRecognition.class);

	private final PeerStorageIds known;

	private final Map<NodeId, String> turnedAway = new ConcurrentHashMap<>();

	private final Map<NodeId, Object> locks = new ConcurrentHashMap<>();

	PeerRecognition(PeerStorageIds known) {
		this.known = known;
	}

	/**
	 * Checks whether a peer may be spoken to.
	 * @throws StreamRefusedException if it had another storage before, or nobody can tell
	 */
	void check(NodeId peer, String storageId) throws StreamRefusedException {
		String before = storageOf(peer);
		if (before == null || before.equals(storageId) || isInMemory(before)) {
			return;
		}
		StreamRefusedException refusal = new StreamRefusedException(409,
				"%s comes with the storage %s, and had the storage %s before: it has forgotten what it promised"
					.formatted(peer, storageId, before),
				"Stop it, and start it with the very storage that it had; check what 'omnipaxos.storage' and"
						+ " 'spring.datasource' point at there. If that storage is lost, read docs/storage.md,"
						+ " 'When a storage is lost', first.");
		if (!storageId.equals(this.turnedAway.put(peer, storageId))) {
			logger.warn("{} is turned away. {}. {}", peer, refusal.reason(), refusal.action());
		}
		throw refusal;
	}

	/**
	 * Remembers a peer that is met for the first time. May take as long as a write of the
	 * storage, for which no other peer waits.
	 * @throws StreamRefusedException if it had another storage before, or can't be
	 * remembered
	 */
	void meet(NodeId peer, String storageId) throws StreamRefusedException {
		if (storageId.equals(storageOf(peer))) {
			return;
		}
		synchronized (this.locks.computeIfAbsent(peer, (key) -> new Object())) {
			remember(peer, storageId);
		}
	}

	private void remember(NodeId peer, String storageId) throws StreamRefusedException {
		check(peer, storageId);
		String before = storageOf(peer);
		if (Objects.equals(before, storageId)) {
			return;
		}
		try {
			this.known.rememberPeer(peer, storageId);
		}
		catch (StorageException ex) {
			throw unknown(peer, ex);
		}
		if (before != null) {
			logger.warn("{} kept its logs in memory and has come back without them, nor does it know what it promised."
					+ " If a majority does so, what was decided is lost", peer);
		}
	}

	private @Nullable String storageOf(NodeId peer) throws StreamRefusedException {
		try {
			return this.known.peerStorageId(peer).orElse(null);
		}
		catch (StorageException ex) {
			throw unknown(peer, ex);
		}
	}

	private static StreamRefusedException unknown(NodeId peer, StorageException cause) {
		logger.error("The storage fails to tell which storage {} had before, or to remember it", peer, cause);
		return new StreamRefusedException(503, "This node can't tell whether it knows your storage: its own has failed",
				"Look into its log.");
	}

	private static boolean isInMemory(String storageId) {
		return storageId.startsWith(StorageFactory.IN_MEMORY_ID_PREFIX);
	}

}
