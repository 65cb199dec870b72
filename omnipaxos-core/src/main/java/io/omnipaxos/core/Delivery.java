package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * Tells the owner what is decided, in the log's order, each once, and not before it is on
 * this node's disk. That the log has ended is told again at every start.
 */
final class Delivery {

	private final Local local;

	private final Proposals proposals;

	private final ReadBarriers barriers;

	private long delivered;

	private @Nullable InstalledSnapshot installed;

	Delivery(Local local, Proposals proposals, ReadBarriers barriers) {
		this.local = local;
		this.proposals = proposals;
		this.barriers = barriers;
		this.delivered = local.log().decided();
		Entry.StopSign stopSign = local.log().stopSign();
		if (stopSign != null && this.delivered == local.log().accepted()) {
			// Whoever was to hear of it may have crashed before.
			ended(stopSign);
		}
	}

	long delivered() {
		return this.delivered;
	}

	void snapshotInstalled(SnapshotId id, SessionTable sessions) {
		this.installed = new InstalledSnapshot(id, sessions);
		this.local.outbox().whenWritten(this::deliverSnapshot);
	}

	/** Delivers what is durable by now. */
	void deliver() {
		ReplicaLog log = this.local.log();
		long visible = (this.installed != null) ? this.delivered : log.durablyDecided();
		if (visible > this.delivered) {
			deliverEntries(visible);
		}
		this.barriers.deliver(this.delivered);
		log.evict(this.delivered, this.local.limits().maxCachedBytes());
	}

	private void deliverSnapshot() {
		InstalledSnapshot due = this.installed;
		if (due == null) {
			return;
		}
		this.installed = null;
		this.delivered = due.id().index();
		this.local.outbox().notify(new Notice.SnapshotInstalled(due.id(), due.sessions()));
		this.proposals.covered(due.sessions());
	}

	private void deliverEntries(long visible) {
		List<Entry> entries = this.local.log().entries(this.delivered, visible, Long.MAX_VALUE);
		for (int i = 0; i < entries.size(); i++) {
			this.proposals.decided(entries.get(i).id());
		}
		this.local.outbox().notify(new Notice.Decided(this.delivered, entries));
		this.delivered = visible;
		if (entries.get(entries.size() - 1) instanceof Entry.StopSign stopSign) {
			ended(stopSign);
		}
	}

	private void ended(Entry.StopSign stopSign) {
		this.local.outbox().notify(new Notice.Stopped(this.delivered - 1, stopSign));
		this.proposals.sealed();
	}

	private record InstalledSnapshot(SnapshotId id, SessionTable sessions) {
	}

}
