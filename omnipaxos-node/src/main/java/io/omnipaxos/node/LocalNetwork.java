package io.omnipaxos.node;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Connects the nodes of a cluster that live in one process: for trying out, and for
 * tests. Thread-safe.
 * <p>
 * Loses nothing, repeats nothing and keeps the order, until links are cut, which nobody
 * is told; when a node leaves, the others are. A message goes from the sender's thread
 * into the receiver's inbox, without a thread or a copy in between.
 */
public final class LocalNetwork {

	private final Map<NodeId, LocalTransport> members = new ConcurrentHashMap<>();

	private final Set<Link> cut = ConcurrentHashMap.newKeySet();

	/** Returns a transport for one node, which joins the network when it is started. */
	public Transport transport() {
		return new LocalTransport();
	}

	/** Loses whatever {@code from} sends to {@code to} from now on. */
	public void cut(NodeId from, NodeId to) {
		this.cut.add(new Link(from, to));
	}

	/** Cuts every link from and to a node. */
	public void isolate(NodeId node) {
		for (NodeId other : this.members.keySet()) {
			if (!other.equals(node)) {
				cut(node, other);
				cut(other, node);
			}
		}
	}

	/** Restores a link that was cut. Both ends hear of it. */
	public void heal(NodeId from, NodeId to) {
		if (this.cut.remove(new Link(from, to))) {
			connected(from, to);
			connected(to, from);
		}
	}

	/** Restores every link. */
	public void healAll() {
		List.copyOf(this.cut).forEach((link) -> heal(link.from(), link.to()));
	}

	private void connected(NodeId node, NodeId peer) {
		LocalTransport member = this.members.get(node);
		if (member != null && this.members.containsKey(peer)) {
			member.connected(peer);
		}
	}

	private @Nullable LocalTransport reachable(NodeId from, NodeId to) {
		return this.cut.contains(new Link(from, to)) ? null : this.members.get(to);
	}

	private void join(NodeId pid, LocalTransport transport) {
		if (this.members.putIfAbsent(pid, transport) != null) {
			throw new IllegalStateException("There is a node %d in this network already".formatted(pid.value()));
		}
		for (NodeId other : this.members.keySet()) {
			if (!other.equals(pid)) {
				connectedUnlessCut(pid, other);
				connectedUnlessCut(other, pid);
			}
		}
	}

	/** Whoever joins finds links as they are; those that are cut are told when healed. */
	private void connectedUnlessCut(NodeId node, NodeId peer) {
		if (reachable(node, peer) != null) {
			connected(node, peer);
		}
	}

	private record Link(NodeId from, NodeId to) {
	}

	private final class LocalTransport implements Transport {

		private final LongAdder sent = new LongAdder();

		private final LongAdder lost = new LongAdder();

		private volatile @Nullable LocalNode self;

		private volatile @Nullable TransportHandler handler;

		@Override
		public void start(LocalNode node, TransportHandler receiver) {
			this.self = node;
			this.handler = receiver;
			join(node.pid(), this);
		}

		@Override
		public void send(String log, List<Envelope> messages) {
			Set<NodeId> served = new HashSet<>();
			for (Envelope first : messages) {
				if (served.add(first.to())) {
					send(log, first.to(), messages.stream().filter((other) -> other.to().equals(first.to())).toList());
				}
			}
		}

		private void send(String log, NodeId to, List<Envelope> messages) {
			LocalNode node = this.self;
			LocalTransport peer = (node != null) ? reachable(node.pid(), to) : null;
			TransportHandler receiver = (peer != null) ? peer.handler : null;
			if (receiver != null) {
				this.sent.add(messages.size());
				receiver.received(log, messages);
			}
			else {
				this.lost.add(messages.size());
			}
		}

		void connected(NodeId peer) {
			TransportHandler receiver = this.handler;
			if (receiver != null) {
				receiver.connected(peer);
			}
		}

		void disconnected(NodeId peer) {
			TransportHandler receiver = this.handler;
			if (receiver != null) {
				receiver.disconnected(peer);
			}
		}

		@Override
		public Map<NodeId, PeerConnection> connections() {
			LocalNode node = this.self;
			Map<NodeId, PeerConnection> connections = new HashMap<>();
			if (node != null) {
				for (NodeId peer : node.config().cluster().peersOf(node.pid())) {
					boolean connected = reachable(node.pid(), peer) != null;
					connections.put(peer, new PeerConnection(connected, connected ? "in this process" : "not reachable",
							this.sent.sum(), this.lost.sum(), 0, 0));
				}
			}
			return connections;
		}

		@Override
		public void close() {
			LocalNode node = this.self;
			this.handler = null;
			if (node != null && LocalNetwork.this.members.remove(node.pid(), this)) {
				LocalNetwork.this.members.values().forEach((other) -> other.disconnected(node.pid()));
			}
		}

	}

}
