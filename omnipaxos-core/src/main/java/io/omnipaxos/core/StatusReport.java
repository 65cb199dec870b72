package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.ReplicaStatus.Connectivity;
import io.omnipaxos.core.ReplicaStatus.PeerStatus;
import io.omnipaxos.core.model.ClusterConfig;

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

	private Connectivity connectivity(RoleState role) {
		ClusterConfig cluster = this.local.cluster();
		int heard = this.peers.connected();
		boolean leader = role.role().leads() ? heard >= cluster.writeQuorum() : this.heartbeats.isLeaderHeard();
		return new Connectivity(heard >= cluster.prepareQuorum(), heard >= cluster.writeQuorum(), leader);
	}

}
