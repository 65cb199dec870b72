package io.omnipaxos.autoconfigure.http;

import io.omnipaxos.node.Transport.LocalNode;

/**
 * Decides whether a peer stream is one of this cluster, between these nodes.
 */
final class StreamAdmission {

	private final LocalNode self;

	private final String members;

	StreamAdmission(LocalNode self) {
		this.self = self;
		this.members = Members.of(self.config().cluster());
	}

	/**
	 * Checks what a stream opens with.
	 * @throws StreamRefusedException if the stream is not for this node, or not of one of
	 * its peers
	 */
	void check(StreamOpening opening) throws StreamRefusedException {
		if (!opening.cluster().equals(this.self.cluster())) {
			throw new StreamRefusedException(403, "This node belongs to another cluster",
					"Check 'omnipaxos.cluster.name' and 'omnipaxos.peers' on the node that sends.");
		}
		if (!opening.to().equals(this.self.pid())) {
			throw new StreamRefusedException(421,
					"This is %s, and the stream is meant for %s".formatted(this.self.pid(), opening.to()),
					"Check 'omnipaxos.peers.%d' on the node that sends: it leads here."
						.formatted(opening.to().value()));
		}
		if (!this.self.config().cluster().peersOf(this.self.pid()).contains(opening.from())) {
			throw new StreamRefusedException(403, "%s is not a peer of %s".formatted(opening.from(), this.self.pid()),
					"Name the same 'omnipaxos.cluster.nodes' on every node, and give each its own"
							+ " 'omnipaxos.server.pid'.");
		}
		if (opening.configurationId() != this.self.configurationId()) {
			throw new StreamRefusedException(409,
					"This node is in configuration %d, and the sender in configuration %d"
						.formatted(this.self.configurationId(), opening.configurationId()),
					"Give every node the same 'omnipaxos.cluster.configuration-id'.");
		}
		if (!opening.members().equals(this.members)) {
			throw new StreamRefusedException(409,
					"This node has the members and quorums %s, and the sender %s".formatted(this.members,
							opening.members()),
					"Name the same 'omnipaxos.cluster.nodes' and 'omnipaxos.cluster.flexible-quorum' on every node;"
							+ " a cluster that has been in use keeps those that it had.");
		}
	}

}
