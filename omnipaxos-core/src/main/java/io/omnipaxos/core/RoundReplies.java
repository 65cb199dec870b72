package io.omnipaxos.core;

import java.util.LinkedHashMap;
import java.util.Map;

import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.model.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What the others have answered in a heartbeat round, each of them once. While the
 * connection to the leader is lost, its answer does not count, even if it comes only
 * then.
 */
final class RoundReplies {

	private final Map<NodeId, HeartbeatReply> heard = new LinkedHashMap<>();

	private @Nullable NodeId lost;

	/** Begins a round, in which nobody has answered and nobody is lost. */
	void clear() {
		this.heard.clear();
		this.lost = null;
	}

	void add(NodeId from, HeartbeatReply reply) {
		this.heard.putIfAbsent(from, reply);
	}

	/** The connection to the leader is lost. */
	void lose(NodeId leader) {
		this.lost = leader;
	}

	/** A connection is back: if it was the lost one, it is as if it had never been. */
	void regain(NodeId peer) {
		if (peer.equals(this.lost)) {
			this.lost = null;
		}
	}

	boolean isLost(NodeId peer) {
		return peer.equals(this.lost);
	}

	/** Returns the answers that count. */
	Map<NodeId, HeartbeatReply> counted() {
		if (this.lost == null) {
			return this.heard;
		}
		Map<NodeId, HeartbeatReply> others = new LinkedHashMap<>(this.heard);
		others.remove(this.lost);
		return others;
	}

}
