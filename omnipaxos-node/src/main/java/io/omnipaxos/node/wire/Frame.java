package io.omnipaxos.node.wire;

import java.util.List;

import io.omnipaxos.core.message.Envelope;

/**
 * Messages of one log that travel together.
 *
 * @param log name of the log
 * @param messages messages, in the order in which they were sent
 * @param unknown how many more messages the frame held, of types that this version does
 * not know; always zero in a frame that is written
 */
public record Frame(String log, List<Envelope> messages, int unknown) {

	/** The longest name of a log. */
	static final int MAX_LOG_NAME = 64;

	public Frame {
		if (log.isEmpty() || log.length() > MAX_LOG_NAME) {
			throw new IllegalArgumentException(
					"The name of a log has 1 to %d characters, not %d".formatted(MAX_LOG_NAME, log.length()));
		}
		messages = List.copyOf(messages);
	}

	/** Creates a frame to be written. */
	public Frame(String log, List<Envelope> messages) {
		this(log, messages, 0);
	}

}
