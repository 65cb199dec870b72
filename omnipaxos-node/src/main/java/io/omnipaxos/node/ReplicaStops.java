package io.omnipaxos.node;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops replicas, all at once, and waits for them. Not for ever: a write, or a callback,
 * may never return, and the process is to end nevertheless.
 */
final class ReplicaStops {

	private static final Logger logger = LoggerFactory.getLogger(ReplicaStops.class);

	private final Duration patience;

	/**
	 * Creates one.
	 * @param patience for how long to wait, for all of them together
	 */
	ReplicaStops(Duration patience) {
		this.patience = patience;
	}

	/**
	 * Stops replicas, whether they were started or not.
	 * @param replicas replicas by the names of their logs
	 */
	void stop(Map<String, Replica> replicas) {
		Map<String, ReplicaEnd> ends = new LinkedHashMap<>();
		replicas.forEach((log, replica) -> ends.put(log, replica.stop()));
		long deadline = System.nanoTime() + this.patience.toNanos();
		ends.forEach((log, end) -> await(log, end, deadline));
	}

	/** What can't be closed must not keep the rest from being closed. */
	private void await(String log, ReplicaEnd end, long deadline) {
		try {
			end.await(deadline - System.nanoTime());
		}
		catch (ExecutionException ex) {
			logger.warn("Log {}: its storage was not closed properly", log, ex.getCause());
		}
		catch (TimeoutException ex) {
			logger.error("Log {}: it has not ended within {}, and is left behind with its storage open", log,
					this.patience, end.holdUp());
		}
	}

}
