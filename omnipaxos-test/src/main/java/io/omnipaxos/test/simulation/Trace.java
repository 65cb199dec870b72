package io.omnipaxos.test.simulation;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import io.omnipaxos.core.Notice;
import io.omnipaxos.core.message.ElectionMessage;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.storage.StorageOp;

/** Writes down what happens, a line each. Heartbeats only when asked to. */
public final class Trace implements Observer {

	private final Consumer<String> lines;

	private final boolean heartbeats;

	private LongSupplier time = () -> 0;

	/**
	 * Creates a trace.
	 * @param lines takes each line
	 * @param heartbeats whether the election's messages are written down too
	 */
	public Trace(Consumer<String> lines, boolean heartbeats) {
		this.lines = lines;
		this.heartbeats = heartbeats;
	}

	private void line(String text) {
		this.lines.accept("%6d  %s".formatted(this.time.getAsLong(), text));
	}

	@Override
	public void begins(SimulatedCluster cluster) {
		this.time = cluster::now;
	}

	@Override
	public void started(SimulatedNode node) {
		line("%s starts".formatted(node.pid()));
	}

	@Override
	public void stopped(SimulatedNode node, String why) {
		line("%s %s".formatted(node.pid(), why));
	}

	@Override
	public void asked(SimulatedNode node, String what) {
		line("%s <- %s".formatted(node.pid(), what));
	}

	@Override
	public void refused(SimulatedNode node, SimulatedAppend append) {
		line("%s refuses %s".formatted(node.pid(), append));
	}

	@Override
	public void sent(SimulatedNode node, Envelope envelope, Fate fate) {
		if (this.heartbeats || !(envelope.message() instanceof ElectionMessage)) {
			String twice = fate.isDuplicated() ? "   TWICE" : "";
			line("%s -> %s  %s%s".formatted(envelope.from(), envelope.to(), TraceFormat.message(envelope.message()),
					fate.isLost() ? "   LOST" : twice));
		}
	}

	@Override
	public void arrived(SimulatedNode node, Envelope envelope) {
		if (this.heartbeats || !(envelope.message() instanceof ElectionMessage)) {
			line("%s takes %s of %s".formatted(envelope.to(), TraceFormat.message(envelope.message()),
					envelope.from()));
		}
	}

	@Override
	public void wrote(SimulatedNode node, List<StorageOp> ops) {
		line("%s writes %s".formatted(node.pid(),
				ops.stream().map(TraceFormat::write).collect(Collectors.joining(", "))));
	}

	@Override
	public void noticed(SimulatedNode node, Notice notice) {
		line("%s %s".formatted(node.pid(), TraceFormat.notice(notice)));
	}

}
