package io.omnipaxos.test.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import io.omnipaxos.core.Notice;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;

/** What must be true of everything that a node tells its owner. */
final class NoticeRules {

	private final Map<NodeId, Deque<SimulatedBarrier>> barriers = new HashMap<>();

	private final ChosenLog chosen;

	private long completed;

	NoticeRules(ChosenLog chosen) {
		this.chosen = chosen;
	}

	/** A read from now on has to see everything that anybody was told is decided. */
	void barrierAsked(SimulatedBarrier barrier) {
		barrier.asked(barrier.id(), this.completed);
		this.barriers.computeIfAbsent(barrier.node(), (node) -> new ArrayDeque<>()).add(barrier);
	}

	void stopped(SimulatedNode node) {
		this.barriers.remove(node.pid());
	}

	void noticed(SimulatedNode node, DiskLedger ledger, Notice notice) {
		if (notice instanceof Notice.Decided decided) {
			decided(ledger, decided);
		}
		else if (notice instanceof Notice.SnapshotInstalled installed) {
			this.completed = Math.max(this.completed, installed.snapshot().index());
			ledger.must(installed.sessions().equals(this.chosen.sessionsAt(installed.snapshot().index())),
					"a snapshot's session table fits", notice);
		}
		else if (notice instanceof Notice.BarrierReached reached) {
			reached(node, ledger, reached);
		}
		else if (notice instanceof Notice.ProposalRefused refused) {
			this.chosen.refused(refused.id());
		}
		else if (notice instanceof Notice.Stopped stopped) {
			this.chosen.mustHold(node.pid(), stopped.index(), stopped.stopSign());
		}
		else if (notice instanceof Notice.ProposalUnknown || notice instanceof Notice.CatchUpImpossible) {
			ledger.must(false, "nothing is out of reach while every disk survives", notice);
		}
		else if (notice instanceof Notice.MessageRefused) {
			ledger.must(false, "nobody says what makes no sense", notice);
		}
	}

	private void decided(DiskLedger ledger, Notice.Decided decided) {
		long index = decided.from();
		for (Entry entry : decided.entries()) {
			this.chosen.mustHold(ledger.pid(), index, entry);
			index++;
		}
		ledger.must(index <= ledger.accepted(), "what is announced is on the disk", decided);
		this.completed = Math.max(this.completed, index);
	}

	private void reached(SimulatedNode node, DiskLedger ledger, Notice.BarrierReached reached) {
		Deque<SimulatedBarrier> waiting = this.barriers.getOrDefault(node.pid(), new ArrayDeque<>());
		ledger.must(reached.index() <= node.core().indexes().decided(), "a barrier is reached once that is decided",
				reached);
		while (!waiting.isEmpty() && waiting.peek().id() <= reached.upTo()) {
			SimulatedBarrier barrier = waiting.poll();
			ledger.must(reached.index() >= barrier.least(), "a barrier covers what was completed before it was asked",
					"%s, least %d".formatted(reached, barrier.least()));
		}
	}

}
