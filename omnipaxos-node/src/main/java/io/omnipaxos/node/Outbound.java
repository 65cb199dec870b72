package io.omnipaxos.node;

import java.util.List;

import io.omnipaxos.core.message.Envelope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transport, as one log sees it. A transport that throws has lost the messages, which
 * the protocol heals. Thread-safe.
 */
final class Outbound {

	private static final Logger logger = LoggerFactory.getLogger(Outbound.class);

	private final String log;

	private final Transport transport;

	private volatile boolean failing;

	Outbound(String log, Transport transport) {
		this.log = log;
		this.transport = transport;
	}

	void send(List<Envelope> messages) {
		try {
			this.transport.send(this.log, messages);
			this.failing = false;
		}
		catch (Exception ex) {
			if (!this.failing) {
				this.failing = true;
				logger.warn("Log {}: the transport loses messages", this.log, ex);
			}
		}
	}

}
