package io.omnipaxos.core;

import java.util.HashMap;
import java.util.Map;

import io.omnipaxos.core.model.NodeId;

/**
 * Who is fetching this node's snapshot. It stays as it is until they have it, and have
 * come from there as far as this node was by then: where snapshots are taken more often
 * than a transfer takes, nobody would ever arrive.
 * <p>
 * A transfer counts as long as it makes progress. Whoever begins while those under way
 * are waited for counts only once the snapshot has been replaced, and then from the
 * start. So compaction waits for one transfer of each node at most, and no node comes too
 * late twice.
 */
final class SnapshotTransfers {

	/**
	 * Whole resend timeouts without progress after which a transfer is over: it takes two
	 * until a piece that was lost is asked for again.
	 */
	private static final int PATIENCE = 3;

	private final Map<NodeId, Transfer> transfers = new HashMap<>();

	private boolean awaited;

	/** A node that asked for the snapshot from an offset on is given a piece of it. */
	void given(NodeId to, long offset, long end) {
		this.transfers.computeIfAbsent(to, (node) -> new Transfer(!this.awaited)).given(offset, end);
	}

	/** A node asks for entries, of which so many are decided here. */
	void follows(NodeId node, long from, long decided) {
		Transfer transfer = this.transfers.get(node);
		if (transfer != null && transfer.arrives(from, decided)) {
			this.transfers.remove(node);
		}
	}

	/**
	 * Returns whether somebody has to be waited for before the snapshot is replaced,
	 * which was to happen now.
	 */
	boolean mustBeAwaited() {
		boolean some = this.transfers.values().stream().anyMatch((transfer) -> transfer.counts);
		this.awaited |= some;
		return some;
	}

	/** The snapshot is not to be replaced any more. */
	void awaitNoMore() {
		this.awaited = false;
	}

	/** The snapshot was replaced. */
	void beginAnew() {
		this.awaited = false;
		this.transfers.replaceAll((node, transfer) -> new Transfer(true));
	}

	void resendPeriodOver() {
		this.transfers.values().removeIf(Transfer::isStuck);
	}

	private static final class Transfer {

		private final boolean counts;

		/**
		 * What is to be asked for next: an offset first, and then the index of an entry.
		 */
		private long next;

		/** How far the node has to come, once it asks for entries. */
		private long goal = -1;

		private int periods;

		Transfer(boolean counts) {
			this.counts = counts;
		}

		void given(long offset, long end) {
			if (offset >= this.next) {
				proceed(end);
			}
		}

		boolean arrives(long from, long decided) {
			if (this.goal < 0) {
				this.goal = decided;
				this.next = 0;
			}
			proceed(from);
			return from >= this.goal;
		}

		private void proceed(long to) {
			if (to > this.next) {
				this.next = to;
				this.periods = 0;
			}
		}

		boolean isStuck() {
			this.periods++;
			return this.periods > PATIENCE;
		}

	}

}
