package io.omnipaxos.autoconfigure.http;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.TransportHandler;

/** Remembers what a transport reports. */
final class RecordingHandler implements TransportHandler {

	private final Queue<Envelope> received = new ConcurrentLinkedQueue<>();

	private final Queue<NodeId> connected = new ConcurrentLinkedQueue<>();

	private final Queue<NodeId> disconnected = new ConcurrentLinkedQueue<>();

	@Override
	public void received(String log, List<Envelope> messages) {
		this.received.addAll(messages);
	}

	@Override
	public void connected(NodeId peer) {
		this.connected.add(peer);
	}

	@Override
	public void disconnected(NodeId peer) {
		this.disconnected.add(peer);
	}

	List<Envelope> received() {
		return List.copyOf(this.received);
	}

	List<NodeId> connected() {
		return List.copyOf(this.connected);
	}

	List<NodeId> disconnected() {
		return List.copyOf(this.disconnected);
	}

}
