package io.omnipaxos.node.wire;

import java.util.List;

import io.omnipaxos.core.message.Envelope;

/**
 * Messages of one log that travel together.
 *
 * @param log name of the log
 * @param messages messages, in the order in which they were sent
 */
public record Frame(String log, List<Envelope> messages) {

	/** The longest name of a log. */
	static final int MAX_LOG_NAME = 64;

	public Frame {
		if (log.isEmpty() || log.length() > MAX_LOG_NAME) {
			throw new IllegalArgumentException(
					"The name of a log has 1 to %d characters, not %d".formatted(MAX_LOG_NAME, log.length()));
		}
		messages = List.copyOf(messages);
	}

}
