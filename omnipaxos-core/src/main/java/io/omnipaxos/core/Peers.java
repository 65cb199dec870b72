package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.omnipaxos.core.model.NodeId;
import org.jspecify.annotations.Nullable;

/** What is known of the other nodes, apart from what only a leader knows. */
final class Peers {

	private final List<Peer> peers = new ArrayList<>();

	Peers(List<NodeId> pids) {
		pids.forEach((pid) -> this.peers.add(new Peer(pid)));
	}

	boolean contains(NodeId pid) {
		return of(pid) != null;
	}

	void tick() {
		this.peers.forEach((peer) -> peer.ticksSinceHeard += (peer.ticksSinceHeard < 0) ? 0 : 1);
	}

	void heard(NodeId pid) {
		Peer peer = of(pid);
		if (peer != null) {
			peer.ticksSinceHeard = 0;
		}
	}

	/** A node has told how much of the log it knows to be decided. */
	void hasDecided(NodeId pid, long index) {
		Peer peer = of(pid);
		if (peer != null) {
			peer.decided = index;
		}
	}

	/** A heartbeat round is over, in which these have answered. */
	void roundEnded(Set<NodeId> answered) {
		this.peers.forEach((peer) -> peer.connected = answered.contains(peer.pid));
	}

	/** How many nodes answered in the last round, this one included. */
	int connected() {
		return 1 + (int) this.peers.stream().filter((peer) -> peer.connected).count();
	}

	/** Whether a node answered in the last round. */
	boolean isConnected(NodeId pid) {
		Peer peer = of(pid);
		return peer != null && peer.connected;
	}

	/** Nodes that are there and have decided more than {@code index}. */
	List<NodeId> connectedBeyond(long index) {
		List<NodeId> ahead = new ArrayList<>();
		this.peers.forEach((peer) -> {
			if (peer.connected && peer.decided > index) {
				ahead.add(peer.pid);
			}
		});
		return ahead;
	}

	ReplicaStatus.PeerStatus status(NodeId pid, long acceptedIndex) {
		Peer known = of(pid);
		Peer peer = (known != null) ? known : new Peer(pid);
		return new ReplicaStatus.PeerStatus(pid, peer.connected, peer.decided, acceptedIndex, peer.ticksSinceHeard);
	}

	/** So few that a walk finds one sooner than a hash: it is done for every message. */
	private @Nullable Peer of(NodeId pid) {
		for (int i = 0; i < this.peers.size(); i++) {
			if (this.peers.get(i).pid.equals(pid)) {
				return this.peers.get(i);
			}
		}
		return null;
	}

	private static final class Peer {

		private final NodeId pid;

		private boolean connected;

		private long decided;

		private long ticksSinceHeard = -1;

		Peer(NodeId pid) {
			this.pid = pid;
		}

	}

}
