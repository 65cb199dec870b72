package io.omnipaxos.node;

import java.util.List;
import java.util.Map;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.NodeId;

/** What a cluster of one node needs of a transport. */
final class NoTransport implements Transport {

	@Override
	public void start(LocalNode self, TransportHandler handler) {
		if (self.config().cluster().nodes().size() > 1) {
			throw new IllegalStateException("%s needs a transport, or its nodes can't talk: give the builder one"
				.formatted(self.config().cluster()));
		}
	}

	@Override
	public void send(String log, List<Envelope> messages) {
		throw new IllegalStateException("There is nobody to send to: " + messages);
	}

	@Override
	public Map<NodeId, PeerConnection> connections() {
		return Map.of();
	}

	@Override
	public void close() {
		// Nothing was opened.
	}

}
