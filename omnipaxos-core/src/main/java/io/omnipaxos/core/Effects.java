package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.storage.StorageOp;

/**
 * What the protocol wants done: one batch for everything that was put in since the last
 * one.
 * <p>
 * The owner sends the messages and acts on the notices at once, hands all writes to
 * {@link io.omnipaxos.core.storage.Storage#write} in one call, and then tells
 * {@link OmniPaxos#written()}. What has to wait for the disk is in the batch after that.
 *
 * @param messages messages that may leave now
 * @param writes changes to be made durable together; may be none
 * @param notices what the owner waits for
 * @param readings pieces for peers that lag, to be read and sent whenever it suits, best
 * by another thread
 */
public record Effects(List<Envelope> messages, List<StorageOp> writes, List<Notice> notices,
		List<PieceReading> readings) {

	/** Returns whether there is nothing to do. */
	public boolean isEmpty() {
		return this.messages.isEmpty() && this.writes.isEmpty() && this.notices.isEmpty() && this.readings.isEmpty();
	}

}
