package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.omnipaxos.core.message.ProposalMessage.Expect;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.ProposalId;
import org.jspecify.annotations.Nullable;

/**
 * What a leader lets into its log, and when: in each session's order, while the undecided
 * suffix is within its bound and the storage has room, not after a stop-sign, and in
 * batches where those are asked for.
 */
final class EntryIntake {

	private final Local local;

	private final EntryAdmission admission;

	private final TickTimer flushTimer;

	private final Set<NodeId> turnedAway = new LinkedHashSet<>();

	/** What was refused last, of each proposer. */
	private final Map<NodeId, ProposalId> tooLong = new HashMap<>();

	private final List<Entry> batch = new ArrayList<>();

	private long batchBytes;

	EntryIntake(Local local) {
		this.local = local;
		this.admission = new EntryAdmission(local.log());
		this.flushTimer = new TickTimer(local.server().flushBatchTickTimeout());
	}

	boolean hasRoom() {
		return this.local.log().stopSign() == null && this.local.log().hasRoom()
				&& this.local.log().undecidedBytes() + this.batchBytes < this.local.limits().maxUndecidedBytes();
	}

	Expect expected(NodeId proposer) {
		return this.admission.expected(proposer);
	}

	/**
	 * Takes proposals of another node as far as there is room.
	 * @return what the proposer has to be told is missing, or {@code null}
	 */
	@Nullable Expect take(NodeId from, List<Entry> entries) {
		for (Entry entry : entries) {
			if (!hasRoom()) {
				this.turnedAway.add(from);
				return null;
			}
			if (!entry.id().pid().equals(from)) {
				return null;
			}
			if (isTooLong(from, entry)) {
				this.tooLong.put(from, entry.id());
				return null;
			}
			take(entry);
			if (this.admission.leavesGap(entry.id())) {
				boolean tells = !followsTooLong(entry.id()) && this.admission.mayTell(from);
				return tells ? this.admission.expected(from) : null;
			}
		}
		return null;
	}

	/**
	 * Its node proposes it again and again, and nothing after it: the owner is to know.
	 */
	private boolean isTooLong(NodeId from, Entry entry) {
		int limit = this.local.limits().maxEntryBytes();
		boolean tooLong = entry.contentSize() > limit;
		if (tooLong) {
			this.local.outbox()
				.notify(new Notice.MessageRefused(from, "Propose",
						"an entry of %d bytes, and this node's limit is %d: it should be the same on all nodes"
							.formatted(entry.contentSize(), limit)));
		}
		return tooLong;
	}

	/** What is missing before it would come again, and not be let in. */
	private boolean followsTooLong(ProposalId id) {
		ProposalId refused = this.tooLong.get(id.pid());
		return refused != null && refused.session() == id.session() && this.admission.isNext(refused);
	}

	/** Takes one proposal if it is the next of its session. */
	void take(Entry entry) {
		if (!this.admission.admit(entry.id())) {
			return;
		}
		if (this.local.server().batchSize() == 1) {
			this.local.log().append(entry);
			return;
		}
		this.batch.add(entry);
		this.batchBytes += entry.size();
		if (this.batch.size() >= this.local.server().batchSize() || !canGrow(entry)) {
			closeBatch();
		}
	}

	private boolean canGrow(Entry last) {
		return hasRoom() && !(last instanceof Entry.StopSign);
	}

	void tick() {
		this.admission.tick();
		if (this.flushTimer.tick()) {
			closeBatch();
		}
	}

	/** Returns who was turned away for want of room, once there is some. */
	List<NodeId> toBeAskedAgain() {
		if (this.turnedAway.isEmpty() || !hasRoom()) {
			return List.of();
		}
		List<NodeId> proposers = this.turnedAway.stream().filter(this.admission::mayTell).toList();
		this.turnedAway.clear();
		return proposers;
	}

	private void closeBatch() {
		this.batch.forEach(this.local.log()::append);
		this.batch.clear();
		this.batchBytes = 0;
	}

}
