package io.omnipaxos.node;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.core.PieceReading;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what peers that lag have asked for, and sends it, on a thread that is there as
 * long as it is needed: the log goes on meanwhile.
 * <p>
 * One piece waits for each peer, the one it asked for last. A storage that can't be
 * reached costs a piece, which is asked for again; one that fails stops the replica.
 */
final class PieceReader {

	private static final Logger logger = LoggerFactory.getLogger(PieceReader.class);

	private static final int IDLE_SECONDS = 10;

	private final StoredLog stored;

	private final Outbound outbound;

	private final Inbox inbox;

	private final Map<NodeId, PieceReading> waiting = new ConcurrentHashMap<>();

	private final ThreadPoolExecutor executor;

	/**
	 * Creates a reader.
	 * @param threadName name of its thread
	 * @param stored where to read
	 * @param outbound where to send
	 * @param inbox who is to know when the storage fails
	 */
	PieceReader(String threadName, StoredLog stored, Outbound outbound, Inbox inbox) {
		this.stored = stored;
		this.outbound = outbound;
		this.inbox = inbox;
		this.executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> DaemonThread.of(task, threadName));
		this.executor.allowCoreThreadTimeOut(true);
	}

	void read(List<PieceReading> readings) {
		for (PieceReading reading : readings) {
			if (this.waiting.put(reading.to(), reading) == null) {
				this.executor.execute(() -> serve(reading.to()));
			}
		}
	}

	private void serve(NodeId peer) {
		PieceReading reading = this.waiting.remove(peer);
		if (reading == null) {
			return;
		}
		try {
			reading.read(this.stored).ifPresent((message) -> this.outbound.send(List.of(message)));
		}
		catch (ReplicaStoppedException ex) {
			// The storage is closed, and the peer asks another node.
		}
		catch (StorageUnavailableException ex) {
			logger.warn("What {} asked for could not be read, and it will ask again: {}", peer, ex.getMessage());
		}
		catch (RuntimeException | Error ex) {
			this.inbox.offer(new Failure(ex));
		}
	}

	/** Reads no more; does not wait for a reading that is under way. */
	void stop() {
		this.waiting.clear();
		this.executor.shutdown();
	}

}
