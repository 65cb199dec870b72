package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
 * it. Stays with a source while it answers, and asks another follower before the leader.
 */
final class Fetcher {

	private final Local local;

	private final Peers peers;

	private final Delivery delivery;

	/** What to reach. */
	private long target;

	private @Nullable NodeId source;

	private NodeId lastResort = NodeId.NONE;

	private boolean pieceCame;

	private @Nullable PartialSnapshot partial;

	/** Nodes that could not help, with the first index that they have. */
	private final Map<NodeId, Long> unable = new HashMap<>();

	private long missingFrom = -1;

	Fetcher(Local local, Peers peers, Delivery delivery) {
		this.local = local;
		this.peers = peers;
		this.delivery = delivery;
	}

	boolean isFetching() {
		return this.target > this.local.log().decided();
	}

	boolean isReceivingSnapshot() {
		return this.partial != null && isFetching();
	}

	/** First index that nobody who was asked still has, or -1. */
	long missingFrom() {
		return this.missingFrom;
	}

	/** Fetches from one node rather than any other. */
	void fetchFrom(NodeId preferred, long decidedIndex) {
		boolean begins = !preferred.equals(this.source) || !isFetching();
		this.target = Math.max(this.target, decidedIndex);
		this.lastResort = preferred;
		if (begins) {
			this.source = preferred;
			request();
		}
	}

	/** Fetches from anybody; {@code fallback} certainly has it. */
	void fetchUpTo(long decidedIndex, NodeId fallback) {
		boolean begins = !isFetching();
		this.target = Math.max(this.target, decidedIndex);
		this.lastResort = fallback;
		if (begins && isFetching()) {
			this.source = nextSource();
			request();
		}
	}

	/** Nothing came for a whole resend timeout: asks again, and somebody else. */
	void resend() {
		if (isFetching() && !this.pieceCame) {
			this.source = nextSource();
			request();
		}
		this.pieceCame = false;
	}

	/** Whoever could not help may have been helped meanwhile. */
	void roundEnded() {
		this.unable.clear();
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
	 * Whether a piece of a snapshot leads on from here, and from the pieces taken before.
	 */
	boolean canTake(SnapshotPiece piece) {
		SnapshotId id = piece.snapshot();
		return id.index() > this.local.log().decided() && id.base() <= this.delivery.delivered()
				&& PartialSnapshot.follows(this.partial, piece);
	}

	/** Takes a piece of a snapshot; returns whether the target is reached by it. */
	boolean take(SnapshotPiece piece) {
		ReplicaLog log = this.local.log();
		PartialSnapshot part = new PartialSnapshot(piece.snapshot(), piece.offset() + piece.data().size());
		boolean fetching = isFetching();
		log.stageSnapshot(piece.snapshot(), piece.offset(), piece.data());
		this.partial = part;
		if (part.received() == piece.size()) {
			this.partial = null;
			log.installSnapshot(new StoredSnapshot(piece.snapshot(), piece.size()), piece.sessions());
			this.delivery.snapshotInstalled(piece.snapshot(), piece.sessions());
		}
		return proceed(fetching);
	}

	void onNotAvailable(NodeId from, NotAvailable answer) {
		if (!isFetching() || answer.from() != this.local.log().decided()) {
			return;
		}
		this.unable.put(from, answer.compactedIndex());
		NodeId next = nextSource();
		if (this.unable.containsKey(next)) {
			reportMissing();
		}
		else {
			this.source = next;
			request();
		}
	}

	private boolean proceed(boolean wasFetching) {
		this.pieceCame = true;
		this.missingFrom = -1;
		if (isFetching()) {
			request();
			return false;
		}
		this.partial = null;
		return wasFetching;
	}

	private void reportMissing() {
		long missing = this.local.log().decided();
		if (this.missingFrom != missing) {
			this.missingFrom = missing;
			long available = this.unable.values().stream().mapToLong(Long::longValue).min().orElse(missing);
			this.local.outbox().notify(new Notice.CatchUpImpossible(missing, available));
		}
	}

	private void request() {
		NodeId asked = this.source;
		if (asked == null || asked.equals(this.local.self()) || asked.equals(NodeId.NONE)) {
			return;
		}
		PartialSnapshot part = this.partial;
		this.local.outbox()
			.send(asked, new FetchDecided(this.local.log().decided(), (part != null) ? part.id() : null,
					(part != null) ? part.received() : 0));
	}

	private NodeId nextSource() {
		NodeId leader = this.local.log().promise().pid();
		List<NodeId> able = new ArrayList<>(this.peers.connectedBeyond(this.local.log().decided()));
		able.removeAll(this.unable.keySet());
		if (able.size() > 1) {
			able.remove(leader);
		}
		if (able.isEmpty()) {
			return this.lastResort;
		}
		return able.get((able.indexOf(this.source) + 1) % able.size());
	}

	/** How much of a snapshot has come. */
	private record PartialSnapshot(SnapshotId id, long received) {

		static boolean follows(@Nullable PartialSnapshot before, SnapshotPiece piece) {
			return piece.offset() == 0 || (before != null && before.id().equals(piece.snapshot())
					&& before.received() == piece.offset() && piece.data().size() > 0);
		}

	}

}
