package io.omnipaxos.node;

import io.omnipaxos.core.Notice;

/**
 * Hears what happens to the logs of a node. Called on the log's own thread, which a
 * listener must not hold up; what it throws is logged.
 */
public interface NodeListener {

	/** The log follows another leader, or none. */
	default void leaderChanged(String log, Notice.LeaderChanged change) {
	}

	/**
	 * The log's configuration has ended. Told again at every start of the node, as it may
	 * have stopped before what was to be done came to be done.
	 */
	default void configurationStopped(String log, Notice.Stopped stopped) {
	}

	/** The log lacks entries that every other node has trimmed. */
	default void catchUpImpossible(String log, Notice.CatchUpImpossible lack) {
	}

	/**
	 * The log's replica has stopped by itself: its storage failed, or an invariant broke.
	 */
	default void replicaFailed(String log, Throwable cause) {
	}

}
