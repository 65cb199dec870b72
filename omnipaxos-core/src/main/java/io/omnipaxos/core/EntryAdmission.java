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

	private final Map<NodeId, Last> last = new HashMap<>();

	private final Set<NodeId> toldThisTick = new HashSet<>();

	/** Begins with what the leader's whole log holds, undecided entries included. */
	EntryAdmission(ReplicaLog log) {
		log.sessions().last().forEach((id) -> lastOf(id.pid()).become(id));
		for (long index = log.decided(); index < log.accepted(); index++) {
			ProposalId id = log.recent(index).id();
			lastOf(id.pid()).become(id);
		}
	}

	private Last lastOf(NodeId proposer) {
		return this.last.computeIfAbsent(proposer, (unknown) -> new Last());
	}

	/** Returns whether the proposal is let in, which it then counts as. */
	boolean admit(ProposalId id) {
		Last known = lastOf(id.pid());
		if (!known.isFollowedBy(id)) {
			return false;
		}
		known.become(id);
		return true;
	}

	/** Returns whether the proposal would be let in now. */
	boolean isNext(ProposalId id) {
		return lastOf(id.pid()).isFollowedBy(id);
	}

	/** Returns whether the proposal leaves something out between the last one and it. */
	boolean leavesGap(ProposalId id) {
		Last known = lastOf(id.pid());
		return id.session() != known.session || id.seq() > known.seq + 1;
	}

	/** Returns which proposal of a node would be let in next. */
	Expect expected(NodeId proposer) {
		Last known = lastOf(proposer);
		return new Expect(known.session, known.seq + 1);
	}

	/** Returns whether a proposer may be told what is expected: once in a tick. */
	boolean mayTell(NodeId proposer) {
		return this.toldThisTick.add(proposer);
	}

	void tick() {
		this.toldThisTick.clear();
	}

	/**
	 * The last proposal of one node, numbered zero before its first. Only numbers change:
	 * this is done for every entry.
	 */
	private static final class Last {

		private long session;

		private long seq;

		void become(ProposalId id) {
			this.session = id.session();
			this.seq = id.seq();
		}

		boolean isFollowedBy(ProposalId id) {
			return (id.session() > this.session) ? id.seq() == 1
					: id.session() == this.session && id.seq() == this.seq + 1;
		}

	}

}
