package io.omnipaxos.test.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.omnipaxos.core.ReplicaStatus.PeerStatus;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatRequest;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What must be true at the end of a heartbeat round: whoever is taken for connected has
 * answered the question of that round, which this life of the node has asked.
 */
final class HeartbeatRules {

	private final Map<NodeId, Questions> questions = new HashMap<>();

	void started(SimulatedNode node) {
		this.questions.put(node.pid(), new Questions());
	}

	void sent(SimulatedNode node, Envelope envelope) {
		if (envelope.message() instanceof HeartbeatRequest request) {
			questions(node).ask(request);
		}
	}

	void arrived(SimulatedNode node, Envelope envelope) {
		if (envelope.message() instanceof HeartbeatReply reply) {
			questions(node).answered(envelope.from(), reply);
		}
	}

	void settled(SimulatedNode node, DiskLedger ledger) {
		Set<NodeId> answered = questions(node).takeAnswersOfEndedRound();
		if (answered != null) {
			for (PeerStatus peer : node.core().status().peers()) {
				ledger.must(!peer.connected() || answered.contains(peer.pid()),
						"who is connected has answered in this round", peer);
			}
		}
	}

	private Questions questions(SimulatedNode node) {
		return this.questions.computeIfAbsent(node.pid(), (pid) -> new Questions());
	}

	/** What one node asks in one life, and who answers. */
	private static final class Questions {

		private @Nullable HeartbeatRequest current;

		private Set<NodeId> answers = new HashSet<>();

		private @Nullable Set<NodeId> answersOfEndedRound;

		void ask(HeartbeatRequest request) {
			if (!request.equals(this.current)) {
				this.answersOfEndedRound = this.answers;
				this.answers = new HashSet<>();
				this.current = request;
			}
		}

		void answered(NodeId from, HeartbeatReply reply) {
			HeartbeatRequest asked = this.current;
			if (asked != null && reply.session() == asked.session() && reply.round() == asked.round()) {
				this.answers.add(from);
			}
		}

		@Nullable Set<NodeId> takeAnswersOfEndedRound() {
			Set<NodeId> ended = this.answersOfEndedRound;
			this.answersOfEndedRound = null;
			return ended;
		}

	}

}
