package io.omnipaxos.test.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.omnipaxos.core.LogIndexes;
import io.omnipaxos.core.Notice;
import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.storage.StorageOp;

/**
 * The invariants of the protocol, checked with every write, message, notice and step.
 * Each check costs as much as what it looks at, never as much as the log is long.
 * <p>
 * Agreement is checked at the earliest moment: an entry counts as chosen when a write
 * quorum has it on its disks in one ballot, before any node can know.
 */
public final class Invariants implements Observer {

	/** A status costs more than a step; every so many steps one is looked at. */
	private static final int STEPS_PER_STATUS = 64;

	private final Map<NodeId, DiskLedger> ledgers = new HashMap<>();

	private final Map<NodeId, LogIndexes> indexes = new HashMap<>();

	private final ChosenLog chosen = new ChosenLog();

	private final WriteRules writes;

	private final MessageRules messages;

	private final NoticeRules notices;

	private final BoundRules bounds;

	private final HeartbeatRules heartbeats = new HeartbeatRules();

	private long settled;

	Invariants(ClusterConfig cluster, ServerConfig server) {
		cluster.nodes().forEach((pid) -> this.ledgers.put(pid, new DiskLedger(pid, cluster, this.chosen)));
		this.writes = new WriteRules(cluster, this.chosen, this.ledgers.values());
		this.messages = new MessageRules(this.chosen, this.ledgers.values());
		this.notices = new NoticeRules(this.chosen);
		this.bounds = new BoundRules(server);
	}

	/** Returns how many entries are chosen: on the disks of a write quorum. */
	public long chosenEntries() {
		return this.chosen.length();
	}

	private DiskLedger ledger(SimulatedNode node) {
		DiskLedger ledger = this.ledgers.get(node.pid());
		if (ledger == null) {
			throw new IllegalArgumentException(node.pid() + " is not of this cluster");
		}
		return ledger;
	}

	@Override
	public void started(SimulatedNode node) {
		ledger(node).restart();
		this.indexes.remove(node.pid());
		this.heartbeats.started(node);
	}

	@Override
	public void stopped(SimulatedNode node, String why) {
		this.notices.stopped(node);
	}

	@Override
	public void drained(SimulatedNode node, List<Envelope> batch) {
		this.bounds.drained(batch);
	}

	@Override
	public void sent(SimulatedNode node, Envelope envelope, Fate fate) {
		this.messages.sent(ledger(node), envelope.message());
		this.bounds.sent(envelope);
		this.heartbeats.sent(node, envelope);
	}

	@Override
	public void arrived(SimulatedNode node, Envelope envelope) {
		this.heartbeats.arrived(node, envelope);
	}

	@Override
	public void wrote(SimulatedNode node, List<StorageOp> ops) {
		DiskLedger ledger = ledger(node);
		this.writes.wrote(ledger, ops);
		this.bounds.undecided(ledger);
	}

	@Override
	public void noticed(SimulatedNode node, Notice notice) {
		this.notices.noticed(node, ledger(node), notice);
	}

	@Override
	public void proposed(SimulatedNode node, SimulatedAppend append) {
		ProposalId id = append.id();
		if (id != null) {
			this.chosen.proposed(append, id);
		}
	}

	@Override
	public void barrierAsked(SimulatedNode node, SimulatedBarrier barrier) {
		this.notices.barrierAsked(barrier);
	}

	@Override
	public void settled(SimulatedNode node) {
		DiskLedger ledger = ledger(node);
		LogIndexes now = node.core().indexes();
		LogIndexes before = this.indexes.put(node.pid(), now);
		ledger.must(now.decided() <= now.accepted() && now.compacted() <= now.decided(), "indexes are in order", now);
		ledger.must(now.decided() <= this.chosen.length(), "what is decided is on the disks of a write quorum", now);
		if (before != null) {
			ledger.must(now.decided() >= before.decided() && now.compacted() >= before.compacted(),
					"indexes never go back while a node lives", now);
		}
		this.heartbeats.settled(node, ledger);
		if (this.settled++ % STEPS_PER_STATUS == 0) {
			this.bounds.pending(node);
		}
	}

}
