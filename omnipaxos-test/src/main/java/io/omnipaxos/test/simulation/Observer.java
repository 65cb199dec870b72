package io.omnipaxos.test.simulation;

import java.util.List;

import io.omnipaxos.core.Notice;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.storage.StorageOp;

/**
 * Sees everything that happens in a simulated cluster, as it happens. What one throws
 * ends the simulation.
 */
public interface Observer {

	/** A cluster is about to start its nodes. */
	default void begins(SimulatedCluster cluster) {
	}

	/** A node has begun a life. */
	default void started(SimulatedNode node) {
	}

	/** A node is down; whatever it had not written is gone. */
	default void stopped(SimulatedNode node, String why) {
	}

	/** A node was given an input that is not a message or a tick. */
	default void asked(SimulatedNode node, String what) {
	}

	/** A node has handed over a batch of messages. */
	default void drained(SimulatedNode node, List<Envelope> batch) {
	}

	/** A node has sent a message, whatever may become of it. */
	default void sent(SimulatedNode node, Envelope envelope, Fate fate) {
	}

	/** A message has reached a node that is up. */
	default void arrived(SimulatedNode node, Envelope envelope) {
	}

	/** A write of a node is durable. */
	default void wrote(SimulatedNode node, List<StorageOp> ops) {
	}

	/** A node has told its owner something. */
	default void noticed(SimulatedNode node, Notice notice) {
	}

	/** A proposal was made, and its effects are still inside the node. */
	default void proposed(SimulatedNode node, SimulatedAppend append) {
	}

	/** A node has refused an append when it was asked for it. */
	default void refused(SimulatedNode node, SimulatedAppend append) {
	}

	/** A barrier was asked for. */
	default void barrierAsked(SimulatedNode node, SimulatedBarrier barrier) {
	}

	/** A node has taken its inputs and has nothing more to do for now. */
	default void settled(SimulatedNode node) {
	}

}
