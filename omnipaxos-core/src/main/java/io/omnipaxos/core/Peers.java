package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.omnipaxos.core.model.NodeId;

/** What is known of the other nodes, apart from what only a leader knows. */
final class Peers {

	private final Map<NodeId, Peer> peers = new LinkedHashMap<>();

	Peers(List<NodeId> pids) {
		pids.forEach((pid) -> this.peers.put(pid, new Peer()));
	}

	boolean contains(NodeId pid) {
		return this.peers.containsKey(pid);
	}

	void tick() {
		this.peers.values().forEach((peer) -> peer.ticksSinceHeard += (peer.ticksSinceHeard < 0) ? 0 : 1);
	}

	void heard(NodeId pid) {
		Peer peer = this.peers.get(pid);
		if (peer != null) {
			peer.ticksSinceHeard = 0;
		}
	}

	/** A node has told how much of the log it knows to be decided. */
	void hasDecided(NodeId pid, long index) {
		Peer peer = this.peers.get(pid);
		if (peer != null) {
			peer.decided = index;
		}
	}

	/** A heartbeat round is over, in which these have answered. */
	void roundEnded(Set<NodeId> answered) {
		this.peers.forEach((pid, peer) -> peer.connected = answered.contains(pid));
	}

	/** How many nodes answered in the last round, this one included. */
	int connected() {
		return 1 + (int) this.peers.values().stream().filter((peer) -> peer.connected).count();
	}

	/** Whether a node answered in the last round. */
	boolean isConnected(NodeId pid) {
		Peer peer = this.peers.get(pid);
		return peer != null && peer.connected;
	}

	/** Nodes that are there and have decided more than {@code index}. */
	List<NodeId> connectedBeyond(long index) {
		List<NodeId> ahead = new ArrayList<>();
		this.peers.forEach((pid, peer) -> {
			if (peer.connected && peer.decided > index) {
				ahead.add(pid);
			}
		});
		return ahead;
	}

	ReplicaStatus.PeerStatus status(NodeId pid, long acceptedIndex) {
		Peer peer = this.peers.getOrDefault(pid, new Peer());
		return new ReplicaStatus.PeerStatus(pid, peer.connected, peer.decided, acceptedIndex, peer.ticksSinceHeard);
	}

	private static final class Peer {

		private boolean connected;

		private long decided;

		private long ticksSinceHeard = -1;

	}

}
