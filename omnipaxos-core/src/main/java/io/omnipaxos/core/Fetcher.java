package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.CatchUpMessage.FetchDecided;
import io.omnipaxos.core.message.CatchUpMessage.NotAvailable;
import io.omnipaxos.core.message.CatchUpMessage.SnapshotPiece;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.StoredSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what is decided elsewhere and not here, one piece at a time, from whoever has
 * it. Stays with a follower while it answers, and asks another follower before the
 * leader.
 */
final class Fetcher {

	/** The fetch has begun in the resend period that has not ended yet. */
	private static final int JUST_BEGUN = -1;

	private final Local local;

	private final Peers peers;

	private final Delivery delivery;

	/** What to reach. */
	private long target;

	private @Nullable NodeId source;

	/** Whether nobody who was asked has been silent or unable since the fetch began. */
	private boolean smooth;

	private NodeId lastResort = NodeId.NONE;

	private long pieces;

	/** Resend periods that have ended since a piece was taken, or {@link #JUST_BEGUN}. */
	private int silentPeriods;

	private final Unavailable unavailable = new Unavailable();

	Fetcher(Local local, Peers peers, Delivery delivery) {
		this.local = local;
		this.peers = peers;
		this.delivery = delivery;
	}

	boolean isFetching() {
		return this.target > this.local.log().decided();
	}

	/** How many pieces were ever taken. */
	long pieces() {
		return this.pieces;
	}

	/** Whether nobody who was asked still has what this log lacks next. */
	boolean isStuck() {
		return this.unavailable.missingFrom() == this.local.log().decided();
	}

	/** First index that this log lacks and nobody who was asked still has, or -1. */
	long missingFrom() {
		return isStuck() ? this.unavailable.missingFrom() : -1;
	}

	/** Wants nothing more than there is. */
	void giveUp() {
		this.target = this.local.log().decided();
	}

	/** Fetches from one node rather than any other. */
	void fetchFrom(NodeId preferred, long decidedIndex) {
		boolean begins = !preferred.equals(this.source) || !isFetching();
		this.target = Math.max(this.target, decidedIndex);
		this.lastResort = preferred;
		if (begins) {
			beginWith(preferred);
		}
	}

	/** Fetches from anybody; {@code fallback} certainly has it. */
	void fetchUpTo(long decidedIndex, NodeId fallback) {
		fetchUpTo(decidedIndex, fallback, fallback);
	}

	/** Fetches from the node that is named, unless it is the one to spare. */
	void fetchUpTo(long decidedIndex, NodeId named, NodeId fallback) {
		boolean begins = !isFetching();
		this.target = Math.max(this.target, decidedIndex);
		this.lastResort = fallback;
		if (begins && isFetching()) {
			boolean spares = this.peers.contains(named) && !named.equals(fallback);
			beginWith(spares ? named : nextSource(false));
		}
	}

	private void beginWith(NodeId first) {
		this.smooth = true;
		this.source = first;
		this.silentPeriods = JUST_BEGUN;
		request();
	}

	/**
	 * Nothing came for a whole resend timeout: asks again, and somebody else. Amid a
	 * snapshot, which would begin anew there, only when that was in vain: one message may
	 * have been lost. Whoever was asked first in this very period may be about to answer,
	 * and is only asked again.
	 */
	void resend() {
		if (isFetching() && this.silentPeriods != 0) {
			boolean staysOnce = this.silentPeriods == 1 && this.local.log().incomingSnapshot() != null;
			if (this.silentPeriods > 0) {
				this.smooth = false;
				this.source = staysOnce ? this.source : nextSource(true);
			}
			request();
		}
		this.silentPeriods = Math.max(1, this.silentPeriods + 1);
	}

	/** Whoever could not help may have been helped meanwhile. */
	void roundEnded() {
		this.unavailable.forget();
	}

	/** Whether a piece goes on where this log's decided prefix ends. */
	boolean canTake(DecidedPiece piece) {
		long decided = this.local.log().decided();
		return piece.from() <= decided && piece.from() + piece.entries().size() > decided;
	}

	/** Takes decided entries; returns whether the target is reached by them. */
	boolean take(DecidedPiece piece) {
		boolean fetching = isFetching();
		this.local.log().takeDecided(piece.from(), piece.entries());
		return proceed(fetching);
	}

	/**
	 * Whether a piece of a snapshot leads on from here, and from the pieces taken before:
	 * those of one node.
	 */
	boolean canTake(NodeId from, SnapshotPiece piece) {
		SnapshotId id = piece.snapshot();
		long staged = this.local.log().compacted().stagedBytes(from, id);
		boolean begins = piece.offset() == 0 && !isRepeated(piece, staged)
				&& (from.equals(this.source) || this.local.log().incomingSnapshot() == null);
		boolean follows = piece.offset() > 0 && piece.data().size() > 0 && piece.offset() == staged;
		return (begins || follows) && id.index() > this.local.log().decided() && id.base() <= this.delivery.delivered();
	}

	/**
	 * Whether a first piece comes again, and not because its sender has a snapshot by now
	 * of fewer bytes than it has given: that begins anew.
	 */
	private static boolean isRepeated(SnapshotPiece first, long staged) {
		return staged > 0 && staged < first.size();
	}

	/** Takes a piece of a snapshot; returns whether the target is reached by it. */
	boolean take(NodeId from, SnapshotPiece piece) {
		ReplicaLog log = this.local.log();
		boolean fetching = isFetching();
		this.source = from;
		log.stageSnapshot(from, piece.snapshot(), piece.offset(), piece.data());
		if (log.compacted().stagedBytes(from, piece.snapshot()) == piece.size()) {
			log.installSnapshot(new StoredSnapshot(piece.snapshot(), piece.size()), piece.sessions());
			this.delivery.snapshotInstalled(piece.snapshot(), piece.sessions());
		}
		return proceed(fetching);
	}

	void onNotAvailable(NodeId from, NotAvailable answer) {
		if (!isFetching() || answer.from() != this.local.log().decided()) {
			return;
		}
		this.unavailable.add(from, answer.compactedIndex());
		this.smooth = false;
		NodeId next = nextSource(true);
		if (this.unavailable.nodes().contains(next)) {
			reportMissing();
		}
		else {
			this.source = next;
			request();
		}
	}

	private boolean proceed(boolean wasFetching) {
		this.pieces++;
		this.silentPeriods = 0;
		this.unavailable.found();
		if (isFetching()) {
			spareLeader();
			request();
			return false;
		}
		return wasFetching;
	}

	/**
	 * The leader has other things to do. It is let alone if it was asked because nobody
	 * else was known yet, but not if others had their chance, nor amid a snapshot:
	 * another node's may begin anew.
	 */
	private void spareLeader() {
		boolean free = this.smooth && this.local.log().incomingSnapshot() == null;
		if (free && leader().equals(this.source)) {
			this.source = nextSource(false);
		}
	}

	private NodeId leader() {
		return this.local.log().promise().pid();
	}

	private void reportMissing() {
		Notice news = this.unavailable.missing(this.local.log().decided());
		if (news != null) {
			this.local.outbox().notify(news);
		}
	}

	private void request() {
		NodeId asked = this.source;
		if (asked == null || asked.equals(this.local.self()) || asked.equals(NodeId.NONE)) {
			return;
		}
		ReplicaLog log = this.local.log();
		SnapshotId incoming = log.incomingSnapshot();
		long staged = (incoming != null) ? log.compacted().stagedBytes(asked, incoming) : 0;
		this.local.outbox().send(asked, new FetchDecided(log.decided(), (staged > 0) ? incoming : null, staged));
	}

	/** Another node that has more, not the leader if it can be avoided. */
	private NodeId nextSource(boolean leaderToo) {
		List<NodeId> able = new ArrayList<>(this.peers.connectedBeyond(this.local.log().decided()));
		able.removeAll(this.unavailable.nodes());
		if (able.size() > 1 && !leaderToo) {
			able.remove(leader());
		}
		if (able.isEmpty()) {
			return this.lastResort;
		}
		return able.get((able.indexOf(this.source) + 1) % able.size());
	}

}
