package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.omnipaxos.core.model.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * The followers of a leader in the Accept phase: so few, and gone through so often, that
 * a list serves better than a map.
 */
final class Followers {

	private final List<Follower> all = new ArrayList<>();

	record Follower(NodeId peer, FollowerProgress progress) {
	}

	Followers(List<NodeId> peers) {
		peers.forEach((peer) -> this.all.add(new Follower(peer, new FollowerProgress())));
	}

	List<Follower> all() {
		return this.all;
	}

	/** What is known of a follower, or {@code null} if it is none. */
	@Nullable FollowerProgress of(NodeId peer) {
		for (Follower follower : this.all) {
			if (follower.peer().equals(peer)) {
				return follower.progress();
			}
		}
		return null;
	}

	/** Highest index that a node has confirmed, or -1. */
	long matchOf(NodeId peer) {
		FollowerProgress follower = of(peer);
		return (follower != null) ? follower.match() : -1;
	}

	/** Highest index that so many hold, the leader with its {@code own} included. */
	long heldBy(int quorum, long own) {
		long held = isHeldBy(quorum, own, own) ? own : -1;
		for (Follower follower : this.all) {
			long match = follower.progress().match();
			if (match > held && isHeldBy(quorum, match, own)) {
				held = match;
			}
		}
		return held;
	}

	private boolean isHeldBy(int quorum, long index, long own) {
		int holders = (own >= index) ? 1 : 0;
		for (Follower follower : this.all) {
			holders += (follower.progress().match() >= index) ? 1 : 0;
		}
		return holders >= quorum;
	}

	/** Index that all of them have durably decided, or {@code own} if that is lower. */
	long durablyDecided(long own) {
		long least = own;
		for (Follower follower : this.all) {
			least = Math.min(least, follower.progress().durablyDecided());
		}
		return least;
	}

	/** The one that has most of the log, of those that are in step and pass. */
	Optional<NodeId> ofMost(Predicate<NodeId> condition) {
		return this.all.stream()
			.filter((follower) -> follower.progress().isInStep() && condition.test(follower.peer()))
			.max(Comparator.comparingLong((follower) -> follower.progress().match()))
			.map(Follower::peer);
	}

}
