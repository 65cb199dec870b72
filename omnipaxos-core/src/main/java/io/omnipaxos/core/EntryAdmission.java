package io.omnipaxos.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.omnipaxos.core.message.ProposalMessage.Expect;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.ProposalId;

/**
 * Lets a proposal into a leader's log only when it is the next of its session. So the log
 * never holds one twice, and holds each node's in their order.
 */
final class EntryAdmission {

	private final Map<NodeId, ProposalId> last;

	private final Set<NodeId> toldThisTick = new HashSet<>();

	/** Begins with what the leader's whole log holds, undecided entries included. */
	EntryAdmission(ReplicaLog log) {
		this.last = new HashMap<>(log.sessions().last());
		for (long index = log.decided(); index < log.accepted(); index++) {
			ProposalId id = log.recent(index).id();
			this.last.put(id.pid(), id);
		}
	}

	/** Returns whether the proposal is let in, which it then counts as. */
	boolean admit(ProposalId id) {
		if (!isNext(id)) {
			return false;
		}
		this.last.put(id.pid(), id);
		return true;
	}

	private boolean isNext(ProposalId id) {
		ProposalId known = this.last.get(id.pid());
		if (known == null || id.session() > known.session()) {
			return id.seq() == 1;
		}
		return id.session() == known.session() && id.seq() == known.seq() + 1;
	}

	/** Returns whether the proposal leaves something out between the last one and it. */
	boolean leavesGap(ProposalId id) {
		ProposalId known = this.last.get(id.pid());
		return known == null || id.session() != known.session() || id.seq() > known.seq() + 1;
	}

	/** Returns which proposal of a node would be let in next. */
	Expect expected(NodeId proposer) {
		ProposalId known = this.last.get(proposer);
		return (known != null) ? new Expect(known.session(), known.seq() + 1) : new Expect(0, 1);
	}

	/** Returns whether a proposer may be told what is expected: once in a tick. */
	boolean mayTell(NodeId proposer) {
		return this.toldThisTick.add(proposer);
	}

	void tick() {
		this.toldThisTick.clear();
	}

}
