package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * One consistent look at a replica.
 *
 * @param pid node that this is
 * @param configurationId configuration that it belongs to
 * @param role what it is doing
 * @param leader leader it knows, itself included, or {@code null}
 * @param promise highest ballot it has promised
 * @param acceptedRound ballot whose leader's log it has adopted
 * @param indexes how far its log is
 * @param connectivity whom it hears
 * @param pending its own proposals that wait to be decided
 * @param pendingBytes their size
 * @param full whether its storage has no room, so that it lets nothing in if it leads
 * @param stopSign stop-sign at the end of its log, decided or not, or {@code null}
 * @param missingFrom index of an entry that it lacks and nobody it asked still has, or -1
 * @param peers what it knows of each other node
 */
public record ReplicaStatus(NodeId pid, int configurationId, Role role, @Nullable NodeId leader, Ballot promise,
		Ballot acceptedRound, LogIndexes indexes, Connectivity connectivity, int pending, long pendingBytes,
		boolean full, Entry.@Nullable StopSign stopSign, long missingFrom, List<PeerStatus> peers) {

	public ReplicaStatus {
		peers = List.copyOf(peers);
	}

	/** Returns whether the configuration has ended: its stop-sign is decided. */
	public boolean isStopped() {
		return this.stopSign != null && this.indexes.decided() == this.indexes.accepted();
	}

	/**
	 * Returns the same of a replica that runs no more: it leads nobody, and hears nobody.
	 */
	public ReplicaStatus lost() {
		return new ReplicaStatus(this.pid, this.configurationId, Role.SYNCING, null, this.promise, this.acceptedRound,
				this.indexes, new Connectivity(false, false, false), 0, 0, false, this.stopSign, this.missingFrom,
				this.peers.stream().map(PeerStatus::lost).toList());
	}

	/**
	 * Whom a node heard in its last complete heartbeat round.
	 *
	 * @param prepareQuorum whether it heard enough nodes to become the leader
	 * @param writeQuorum whether it heard enough nodes to have entries decided if it
	 * leads
	 * @param leader whether it heard its leader, which found itself in order; for a
	 * leader, the same as {@code writeQuorum}, and for one that still prepares the same
	 * as {@code prepareQuorum}
	 */
	public record Connectivity(boolean prepareQuorum, boolean writeQuorum, boolean leader) {
	}

	/**
	 * What a node knows of another.
	 *
	 * @param pid node that is meant
	 * @param connected whether it answered in the last complete heartbeat round
	 * @param decidedIndex decided index that it told last
	 * @param acceptedIndex how much it has confirmed to this node as its leader, or -1
	 * @param ticksSinceHeard ticks since any message of it arrived, or -1 for never
	 */
	public record PeerStatus(NodeId pid, boolean connected, long decidedIndex, long acceptedIndex,
			long ticksSinceHeard) {

		/** Returns the same of a node that is not heard any more. */
		private PeerStatus lost() {
			return new PeerStatus(this.pid, false, this.decidedIndex, this.acceptedIndex, this.ticksSinceHeard);
		}

	}

}
