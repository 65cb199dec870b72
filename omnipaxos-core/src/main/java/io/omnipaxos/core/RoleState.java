package io.omnipaxos.core;

import io.omnipaxos.core.model.NodeId;

/**
 * What a node does in the ballot that it has promised. A new ballot brings a new object.
 */
sealed interface RoleState permits Following, Preparing, Leading {

	Role role();

	/** What was accepted before the last write is durable. */
	default void written() {
	}

	/** Turns what has gathered since the last drain into messages. */
	default void flush() {
	}

	/** Tells what can wait no longer for a message that it might go along with. */
	default void announce() {
	}

	/** Whether {@link #announce()} still has something to tell. */
	default boolean hasToAnnounce() {
		return false;
	}

	/** One tick has passed. */
	default void tick() {
	}

	/** The time has passed after which what is unanswered is taken for lost. */
	default void resend() {
	}

	/** A connection is back, and what was under way on it is lost. */
	default void reconnected(NodeId peer) {
	}

	/** This node has decided what it set out to catch up with. */
	default void caughtUp() {
	}

}
