package io.omnipaxos.test.simulation;

import java.util.function.Consumer;

import io.omnipaxos.core.Notice;
import io.omnipaxos.core.message.ElectionMessage;
import io.omnipaxos.core.message.Envelope;

/**
 * Writes down the messages that nodes send, without heartbeats and without times, and
 * what they tell their owners: what a reader needs to follow the protocol.
 */
public final class MessageTrace implements Observer {

	private final Consumer<String> lines;

	/**
	 * Creates a trace.
	 * @param lines takes each line
	 */
	public MessageTrace(Consumer<String> lines) {
		this.lines = lines;
	}

	@Override
	public void started(SimulatedNode node) {
		this.lines.accept("%s starts".formatted(node.pid()));
	}

	@Override
	public void stopped(SimulatedNode node, String why) {
		this.lines.accept("%s %s".formatted(node.pid(), why));
	}

	@Override
	public void sent(SimulatedNode node, Envelope envelope, Fate fate) {
		if (!(envelope.message() instanceof ElectionMessage)) {
			this.lines.accept("%s -> %s  %s%s".formatted(envelope.from(), envelope.to(),
					TraceFormat.message(envelope.message()), fate.isLost() ? "   LOST" : ""));
		}
	}

	@Override
	public void noticed(SimulatedNode node, Notice notice) {
		this.lines.accept("%s %s".formatted(node.pid(), TraceFormat.notice(notice)));
	}

}
