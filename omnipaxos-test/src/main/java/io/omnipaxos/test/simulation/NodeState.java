package io.omnipaxos.test.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import io.omnipaxos.core.CompactionException;
import io.omnipaxos.core.Notice;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.test.simulation.SimulatedAppend.Outcome;

/** What belongs to one life of a node. */
final class NodeState {

	final Map<ProposalId, SimulatedAppend> appends = new HashMap<>();

	final Deque<SimulatedBarrier> barriers = new ArrayDeque<>();

	final List<Notice> notices = new ArrayList<>();

	final List<CompactionException> compactionRefusals = new ArrayList<>();

	boolean paused;

	boolean tickWaits;

	/** Settles what the node was asked for and has now told, and its user has applied. */
	void noticed(SimulatedNode node, Notice notice, long now) {
		this.notices.add(notice);
		if (notice instanceof Notice.Decided decided) {
			decided(node, decided);
		}
		else if (notice instanceof Notice.SnapshotInstalled installed) {
			covered(installed.sessions());
		}
		else if (notice instanceof Notice.ProposalRefused refused) {
			settle(refused.id(), Outcome.REFUSED, -1);
		}
		else if (notice instanceof Notice.ProposalUnknown unknown) {
			settle(unknown.id(), Outcome.UNKNOWN, -1);
		}
		else if (notice instanceof Notice.BarrierReached reached) {
			reached(node, reached, now);
		}
	}

	private void decided(SimulatedNode node, Notice.Decided decided) {
		long index = decided.from();
		for (Entry entry : decided.entries()) {
			if (entry.id().pid().equals(node.pid())) {
				settle(entry.id(), Outcome.DECIDED, index);
			}
			index++;
		}
	}

	private void reached(SimulatedNode node, Notice.BarrierReached reached, long now) {
		List<String> seen = node.decided();
		while (!this.barriers.isEmpty() && this.barriers.peek().id() <= reached.upTo()) {
			this.barriers.poll().reached(reached.index(), now, seen);
		}
	}

	private void covered(SessionTable sessions) {
		Iterator<SimulatedAppend> all = this.appends.values().iterator();
		while (all.hasNext()) {
			SimulatedAppend append = all.next();
			ProposalId id = append.id();
			if (id != null && sessions.covers(id)) {
				append.settle(Outcome.DECIDED, -1);
				all.remove();
			}
		}
	}

	private void settle(ProposalId id, Outcome outcome, long index) {
		SimulatedAppend append = this.appends.remove(id);
		if (append != null) {
			append.settle(outcome, index);
		}
	}

	/** The node is gone, and with it whoever could tell. */
	void abandon() {
		this.appends.values().forEach((append) -> append.settle(Outcome.UNKNOWN, -1));
		this.barriers.forEach(SimulatedBarrier::lose);
	}

}
