package io.omnipaxos.core;

import io.omnipaxos.core.CompactionException.Reason;
import io.omnipaxos.core.message.CompactionMessage.TakeSnapshot;
import io.omnipaxos.core.message.CompactionMessage.TrimLog;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.storage.StorageUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Trims and snapshots the log when asked, a piece at a time, once nobody fetches the
 * snapshot that goes ({@link SnapshotTransfers}). Never touches a stop-sign.
 * <p>
 * Source: {@code trim} and {@code snapshot} of the Rust library; a trim there takes its
 * minimum over pids instead of over the nodes.
 */
final class Compaction {

	private static final long NOTHING = -1;

	private final Local local;

	private final Delivery delivery;

	private final @Nullable SnapshotFolder folder;

	private long wantedTrim = NOTHING;

	private long wantedSnapshot = NOTHING;

	/** What another node asked for, and this one may not have decided yet. */
	private long orderedSnapshot = NOTHING;

	private @Nullable CompactionJob job;

	/** Bytes that the log had ever taken in when the last piece was done. */
	private long appendedAtLastStep;

	/** How far everybody may trim, by the word of this node as a leader. */
	private @Nullable TrimLog order;

	Compaction(Local local, Delivery delivery, @Nullable SnapshotFolder folder) {
		this.local = local;
		this.delivery = delivery;
		this.folder = (folder != null) ? new GuardedFolder(folder) : null;
	}

	/** Trims everybody's log, as its leader. Returns the index that is to be reached. */
	long trim(@Nullable Long index, RoleState role) {
		if (!(role instanceof Leading leading)) {
			throw new CompactionException(Reason.NOT_LEADER,
					"Only the leader in its Accept phase trims, and this node is not: " + role.role());
		}
		long limit = Math.min(leading.durablyDecidedEverywhere(), compactable());
		long until = (index != null) ? index : Math.max(limit, this.local.log().compacted().index());
		checkNotCompacted(until);
		if (index != null && until > limit && !isTrimmed(until, leading.ballot())) {
			throw new CompactionException(Reason.NOT_DECIDED_EVERYWHERE,
					"Every node has durably decided %d, and %d was to be trimmed".formatted(limit, until));
		}
		this.wantedTrim = Math.max(this.wantedTrim, until);
		if (until <= limit) {
			this.order = new TrimLog(leading.ballot(), Math.max(until, ordered(leading.ballot())));
		}
		else if (limit >= ordered(leading.ballot())) {
			// This node has nothing left to do, as a snapshot of its own reaches further.
			this.order = new TrimLog(leading.ballot(), limit);
			this.local.outbox().whenWritten(() -> orderTrim(limit));
		}
		begin();
		return until;
	}

	/** A snapshot may be of this node alone; what was trimmed has gone everywhere. */
	private boolean isTrimmed(long index, Ballot ballot) {
		CompactedPrefix compacted = this.local.log().compacted();
		return index <= ordered(ballot) || (index == compacted.index() && compacted.snapshot() == null);
	}

	private long ordered(Ballot ballot) {
		return (this.order != null && this.order.ballot().equals(ballot)) ? this.order.index() : NOTHING;
	}

	/** A leader's own log is trimmed, and it still leads: everybody else's is to be. */
	private void orderTrim(long index) {
		Ballot ballot = this.local.log().promise();
		if (index > 0 && index <= ordered(ballot)) {
			this.local.peers().forEach((peer) -> this.local.outbox().send(peer, new TrimLog(ballot, index)));
		}
	}

	/**
	 * Snapshots this node's log, and asks the others for the same unless only here.
	 * Returns the index that is to be reached.
	 */
	long snapshot(@Nullable Long index, boolean localOnly) {
		if (this.folder == null) {
			throw new CompactionException(Reason.NO_SNAPSHOTTER, "The log has no snapshotter");
		}
		long limit = Math.min(this.local.log().durablyDecided(), compactable());
		long until = (index != null) ? index : Math.max(limit, this.local.log().compacted().index());
		checkNotCompacted(until);
		if (until > limit && until > this.local.log().compacted().index()) {
			throw new CompactionException(Reason.UNDECIDED,
					"This node has decided %d that can be snapshotted, not %d".formatted(limit, until));
		}
		this.wantedSnapshot = Math.max(this.wantedSnapshot, until);
		begin();
		if (!localOnly && until > 0) {
			this.local.peers().forEach((peer) -> this.local.outbox().send(peer, new TakeSnapshot(until)));
		}
		return until;
	}

	void onTrimLog(TrimLog order) {
		if (order.index() <= Math.min(this.local.log().decided(), compactable())) {
			this.wantedTrim = Math.max(this.wantedTrim, order.index());
			begin();
		}
	}

	void onTakeSnapshot(TakeSnapshot order) {
		if (this.folder != null) {
			this.orderedSnapshot = Math.max(this.orderedSnapshot, order.index());
			begin();
		}
	}

	/** One tick: does one piece of what is under way. */
	void tick() {
		begin();
		if (this.job != null) {
			step(this.job);
		}
	}

	/**
	 * Does a piece out of turn when the log has grown by half of one since the last: a
	 * log that grows faster than ticks come is compacted twice as fast as it grows.
	 */
	void keepUp() {
		long grown = this.local.log().appendedBytes() - this.appendedAtLastStep;
		if (this.job != null && grown >= this.local.limits().maxPieceBytes() / 2) {
			step(this.job);
		}
	}

	private void begin() {
		if (this.job != null) {
			return;
		}
		this.wantedTrim = dueOrDone(this.wantedTrim, false);
		this.wantedSnapshot = dueOrDone(this.wantedSnapshot, true);
		this.orderedSnapshot = dueOrDone(this.orderedSnapshot, true);
		if (this.local.log().isCompactionUnwritten()) {
			return;
		}
		if (isReady(this.wantedTrim)) {
			start(this.wantedTrim, null);
		}
		else if (isReady(this.wantedSnapshot)) {
			start(this.wantedSnapshot, this.folder);
		}
		else if (isReady(this.orderedSnapshot)) {
			start(this.orderedSnapshot, this.folder);
		}
	}

	/** What was not delivered yet stays. */
	private boolean isReady(long wanted) {
		return wanted != NOTHING && wanted <= Math.min(this.delivery.delivered(), compactable());
	}

	private void start(long index, @Nullable SnapshotFolder with) {
		if (isHeldUp()) {
			return;
		}
		try {
			this.job = (with != null) ? new SnapshotJob(this.local, index, with) : new TrimJob(this.local, index);
		}
		catch (FoldException ex) {
			fail(index, ex);
			return;
		}
		catch (StorageUnavailableException ex) {
			// The owner hears of it, and it is still wanted at the next tick.
			return;
		}
		step(this.job);
	}

	/** Whether another node is fetching the snapshot that would go. */
	private boolean isHeldUp() {
		return this.local.log().compacted().transfers().mustBeAwaited();
	}

	/** While a snapshot comes in, it has the only place to put one aside. */
	private void step(CompactionJob current) {
		boolean waits = this.local.log().incomingSnapshot() != null || (!isDone(current) && isHeldUp());
		if (waits) {
			return;
		}
		this.appendedAtLastStep = this.local.log().appendedBytes();
		try {
			if (!isDone(current)) {
				current.step();
			}
		}
		catch (FoldException ex) {
			this.job = null;
			fail(current.index(), ex);
			return;
		}
		catch (StorageUnavailableException ex) {
			// The owner hears of it, and the job is where it was at the next tick.
			return;
		}
		if (isDone(current)) {
			this.job = null;
			finish(current);
		}
	}

	/** Whoever wanted this much does not wait for those who want more by now. */
	private void finish(CompactionJob done) {
		boolean snapshot = done instanceof SnapshotJob;
		long wanted = snapshot ? Math.max(this.wantedSnapshot, this.orderedSnapshot) : this.wantedTrim;
		if (done.index() < wanted) {
			tell(done.index(), snapshot);
		}
		begin();
	}

	private boolean isDone(CompactionJob current) {
		return current.index() <= this.local.log().compacted().index();
	}

	/** Returns the wanted index while it is not compacted, and nothing once it is. */
	private long dueOrDone(long wanted, boolean snapshot) {
		if (wanted == NOTHING || wanted > this.local.log().compacted().index()) {
			return wanted;
		}
		tell(wanted, snapshot);
		return NOTHING;
	}

	private void tell(long index, boolean snapshot) {
		this.local.outbox().whenWritten(() -> {
			this.local.outbox().notify(new Notice.Compacted(index, snapshot));
			if (!snapshot) {
				orderTrim(index);
			}
		});
	}

	private void fail(long index, FoldException ex) {
		this.wantedSnapshot = NOTHING;
		this.orderedSnapshot = NOTHING;
		this.local.log().compacted().transfers().awaitNoMore();
		this.local.outbox().notify(new Notice.CompactionFailed(index, ex.reason()));
	}

	private long compactable() {
		ReplicaLog log = this.local.log();
		return (log.stopSign() != null) ? Math.min(log.decided(), log.accepted() - 1) : log.decided();
	}

	private void checkNotCompacted(long index) {
		long compacted = this.local.log().compacted().index();
		if (index < compacted) {
			throw new CompactionException(Reason.ALREADY_COMPACTED,
					"The log is compacted up to %d already, and %d was asked for".formatted(compacted, index));
		}
	}

	/** What a user's snapshotter threw. */
	static final class FoldException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final Throwable reason;

		FoldException(Throwable reason) {
			super(reason);
			this.reason = reason;
		}

		Throwable reason() {
			return this.reason;
		}

	}

}
