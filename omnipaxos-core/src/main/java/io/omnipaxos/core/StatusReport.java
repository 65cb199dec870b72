package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.ReplicaStatus.Connectivity;
import io.omnipaxos.core.ReplicaStatus.PeerStatus;

/** Describes a replica as it is. */
record StatusReport(Local local, SequencePaxos sequencePaxos, Proposals proposals, Peers peers, Heartbeats heartbeats,
		Fetcher fetcher) {

	ReplicaStatus make() {
		ReplicaLog log = this.local.log();
		RoleState role = this.sequencePaxos.role();
		return new ReplicaStatus(this.local.self(), this.local.cluster().configurationId(), role.role(),
				this.sequencePaxos.leader(), log.promise(), log.acceptedRound(), log.indexes(), connectivity(role),
				this.proposals.count(), this.proposals.bytes(), !log.hasRoom(), log.stopSign(),
				this.fetcher.missingFrom(), peerStatus(role));
	}

	private List<PeerStatus> peerStatus(RoleState role) {
		return this.local.peers()
			.stream()
			.map((peer) -> this.peers.status(peer, (role instanceof Leading leading) ? leading.confirmedBy(peer) : -1))
			.toList();
	}

	/** Who prepares needs promises, and gets nowhere with a write quorum alone. */
	private Connectivity connectivity(RoleState role) {
		int heard = this.peers.connected();
		boolean prepareQuorum = heard >= this.local.cluster().prepareQuorum();
		boolean writeQuorum = heard >= this.local.cluster().writeQuorum();
		boolean leader = switch (role.role()) {
			case PREPARING -> prepareQuorum;
			case LEADING -> writeQuorum;
			case SYNCING, FOLLOWING -> this.heartbeats.isLeaderHeard();
		};
		return new Connectivity(prepareQuorum, writeQuorum, leader);
	}

}
