package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;

/**
 * What every part of a replica works with: who it is, its log, and where effects go.
 */
record Local(ClusterConfig cluster, ServerConfig server, ReplicaLog log, Outbox outbox) {

	NodeId self() {
		return this.server.pid();
	}

	List<NodeId> peers() {
		return this.cluster.peersOf(self());
	}

	Limits limits() {
		return this.server.limits();
	}

}
