package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.Followers.Follower;
import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.AcceptMessage.CatchUp;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a leader's followers what they lack of its log, or tells them to catch up where
 * that is too much.
 */
final class Replication {

	private final Local local;

	private final Ballot ballot;

	private final AdoptedLog adopted;

	private final Followers followers;

	private @Nullable AcceptDecide lastAccept;

	/** The log that the leader began with. */
	private record AdoptedLog(Ballot round, long length) {
	}

	Replication(Local local, Ballot adoptedRound, Followers followers) {
		this.local = local;
		this.ballot = local.log().promise();
		this.adopted = new AdoptedLog(adoptedRound, local.log().accepted());
		this.followers = followers;
	}

	/** Sends whoever is in step what it lacks, as far as that may be under way. */
	void flush() {
		for (Follower follower : this.followers.all()) {
			FollowerProgress progress = follower.progress();
			if (progress.isInStep() && !progress.isCatchingUp()) {
				sendAccepts(follower.peer(), progress);
			}
		}
		this.lastAccept = null;
	}

	/**
	 * Answers a promise: with everything from where the logs may differ up to the sync
	 * point at least, or, when that is too much, with the order to catch up first.
	 */
	void sync(NodeId peer, FollowerProgress follower, LogPosition promise) {
		ReplicaLog log = this.local.log();
		boolean sameRound = promise.acceptedRound().equals(this.adopted.round());
		long common = sameRound ? Math.min(promise.acceptedIndex(), this.adopted.length()) : 0;
		long from = Math.max(common, promise.decidedIndex());
		int piece = this.local.limits().maxPieceBytes();
		List<Entry> decided = log.lacksMoreThan(piece, from) ? List.of() : read(from, log.decided(), piece);
		long end = from + decided.size();
		boolean restFollows = end >= this.adopted.length() && log.isInMemory(from);
		if (end < log.decided() && !restFollows) {
			tellToCatchUp(peer, follower);
			return;
		}
		List<Entry> entries = new ArrayList<>(decided);
		entries.addAll(log.entries(Math.max(from, log.decided()), this.adopted.length(), Long.MAX_VALUE));
		this.local.outbox().send(peer, new AcceptSync(this.ballot, promise, from, entries, log.decided()));
	}

	private void sendAccepts(NodeId peer, FollowerProgress follower) {
		ReplicaLog log = this.local.log();
		Limits limits = this.local.limits();
		while (follower.next() < log.accepted() && follower.bytesUnderWay() < limits.windowBytes()) {
			if (log.lacksMoreThan(limits.maxPieceBytes(), follower.next())) {
				tellToCatchUp(peer, follower);
				return;
			}
			AcceptDecide accept = accept(follower.next(),
					Math.min(limits.maxPieceBytes(), limits.windowBytes() - follower.bytesUnderWay()));
			boolean reachesDecided = accept.from() + accept.entries().size() >= log.decided();
			boolean leadsOn = reachesDecided || follower.bytesUnderWay() > 0 || log.isInMemory(accept.from());
			if (accept.entries().isEmpty() || !leadsOn) {
				tellToCatchUp(peer, follower);
				return;
			}
			sendAccept(peer, follower, accept, Entry.sizeOf(accept.entries()));
		}
	}

	/** Followers that are equally far get the same message. */
	private AcceptDecide accept(long from, long room) {
		ReplicaLog log = this.local.log();
		AcceptDecide last = this.lastAccept;
		if (last != null && last.from() == from && Entry.sizeOf(last.entries()) <= room) {
			return last;
		}
		AcceptDecide accept = new AcceptDecide(this.ballot, from, read(from, log.accepted(), room), log.decided());
		this.lastAccept = accept;
		return accept;
	}

	/**
	 * Returns none where the storage can't be reached. Whoever lacks them is then told to
	 * catch up: others may have them, and pieces are read again until they can be.
	 */
	private List<Entry> read(long from, long to, long maxBytes) {
		try {
			ReplicaLog log = this.local.log();
			List<Entry> entries = log.entries(from, to, maxBytes);
			long end = from + entries.size();
			boolean joins = end > from && end < to && !log.isInMemory(from) && log.isInMemory(end);
			return joins ? withNext(entries, end, to, maxBytes - Entry.sizeOf(entries)) : entries;
		}
		catch (StorageUnavailableException ex) {
			return List.of();
		}
	}

	/** Adds to entries from the disk those in memory that follow, as far as they fit. */
	private List<Entry> withNext(List<Entry> stored, long end, long to, long room) {
		List<Entry> next = this.local.log().entries(end, to, room);
		// The first comes whatever its size.
		if (Entry.sizeOf(next) > room) {
			return stored;
		}
		List<Entry> joined = new ArrayList<>(stored);
		joined.addAll(next);
		return joined;
	}

	void tellDecided(NodeId peer, FollowerProgress follower) {
		sendAccept(peer, follower,
				new AcceptDecide(this.ballot, follower.next(), List.of(), this.local.log().decided()), 0);
	}

	private void sendAccept(NodeId peer, FollowerProgress follower, AcceptDecide accept, long bytes) {
		this.local.outbox().send(peer, accept);
		follower.sent(accept.from() + accept.entries().size(), bytes, accept.decidedIndex());
	}

	/**
	 * Names a follower that has it, as whoever stood still knows of nobody that is ahead.
	 */
	void tellToCatchUp(NodeId peer, FollowerProgress follower) {
		long decided = this.local.log().decided();
		NodeId source = this.followers
			.ofMost((other) -> !other.equals(peer) && this.followers.matchOf(other) >= decided)
			.orElse(this.local.self());
		follower.sentToCatchUp();
		this.local.outbox().send(peer, new CatchUp(this.ballot, decided, source));
	}

}
