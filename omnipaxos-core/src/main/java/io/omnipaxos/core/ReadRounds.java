package io.omnipaxos.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.omnipaxos.core.message.ReadMessage.BarrierAnswer;
import io.omnipaxos.core.message.ReadMessage.BarrierRequest;
import io.omnipaxos.core.message.ReadMessage.ReadProbe;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.NodeId;

/**
 * A leader's proof that no later one had prepared when a barrier was asked for: a write
 * quorum that still obeys it. One round at a time; what is asked meanwhile shares the
 * next.
 */
final class ReadRounds {

	private final Local local;

	private final ReadBarriers own;

	private final Ballot ballot;

	private final long syncPoint;

	/** Newest request of each node; an answer to it answers the older ones. */
	private final Map<NodeId, BarrierRequest> waiting = new HashMap<>();

	private final Map<NodeId, BarrierRequest> asking = new HashMap<>();

	private final Set<NodeId> acknowledged = new HashSet<>();

	private long round;

	private long index;

	ReadRounds(Local local, ReadBarriers own) {
		this.local = local;
		this.own = own;
		this.ballot = local.log().promise();
		this.syncPoint = local.log().accepted();
	}

	void request(NodeId from, BarrierRequest request) {
		BarrierRequest known = this.waiting.get(from);
		boolean newer = known == null || request.session() > known.session()
				|| (request.session() == known.session() && request.id() > known.id());
		if (newer) {
			this.waiting.put(from, request);
		}
		if (this.asking.isEmpty()) {
			begin();
		}
	}

	void onAck(NodeId from, long ackedRound) {
		if (ackedRound == this.round && !this.asking.isEmpty()) {
			this.acknowledged.add(from);
			answerWhenProven();
		}
	}

	void resend() {
		if (!this.asking.isEmpty()) {
			probe();
		}
	}

	private void begin() {
		this.asking.putAll(this.waiting);
		this.waiting.clear();
		this.acknowledged.clear();
		this.round++;
		this.index = Math.max(this.local.log().decided(), this.syncPoint);
		probe();
		answerWhenProven();
	}

	private void probe() {
		ReadProbe probe = new ReadProbe(this.ballot, this.round);
		for (NodeId peer : this.local.peers()) {
			if (!this.acknowledged.contains(peer)) {
				this.local.outbox().send(peer, probe);
			}
		}
	}

	private void answerWhenProven() {
		if (this.acknowledged.size() + 1 < this.local.cluster().writeQuorum()) {
			return;
		}
		Map<NodeId, BarrierRequest> proven = new HashMap<>(this.asking);
		this.asking.clear();
		proven.forEach((pid, request) -> {
			BarrierAnswer answer = new BarrierAnswer(request.session(), request.id(), this.index);
			if (pid.equals(this.local.self())) {
				this.own.onAnswer(answer);
			}
			else {
				this.local.outbox().send(pid, answer);
			}
		});
		if (!this.waiting.isEmpty()) {
			begin();
		}
	}

}
