package io.omnipaxos.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import io.omnipaxos.core.Followers.Follower;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.AcceptMessage.HandOver;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.message.ProposalMessage.Expect;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;

/**
 * Leads a ballot in its Accept phase: brings every follower in step, replicates what is
 * admitted, and decides what a write quorum holds durably.
 * <p>
 * Source: {@code sequence_paxos/leader.rs} of the Rust library. Accepts name their start
 * index instead of a sequence number, and whatever is unconfirmed is probed for.
 */
final class Leading implements RoleState {

	private final Local local;

	private final Ballot ballot;

	private final Followers followers;

	private final Replication replication;

	private final EntryIntake intake;

	private final ReadRounds readRounds;

	/** How much of the log this node's own vote counts for. */
	private long ownMatch = -1;

	/** What had been decided by the last drain. */
	private long announced;

	Leading(Local local, Ballot adoptedRound, Map<NodeId, LogPosition> promises, ReadRounds readRounds) {
		this.local = local;
		this.ballot = local.log().promise();
		this.intake = new EntryIntake(local);
		this.readRounds = readRounds;
		this.followers = new Followers(local.peers());
		this.replication = new Replication(local, adoptedRound, this.followers);
		for (Follower follower : this.followers.all()) {
			LogPosition promise = promises.get(follower.peer());
			if (promise != null) {
				follower.progress().promised(promise);
				this.replication.sync(follower.peer(), follower.progress(), promise);
			}
			local.outbox().send(follower.peer(), this.intake.expected(follower.peer()));
		}
	}

	@Override
	public Role role() {
		return Role.LEADING;
	}

	Ballot ballot() {
		return this.ballot;
	}

	EntryIntake intake() {
		return this.intake;
	}

	ReadRounds readRounds() {
		return this.readRounds;
	}

	/** Highest index that a node is known to have accepted in this ballot, or -1. */
	long confirmedBy(NodeId peer) {
		return this.followers.matchOf(peer);
	}

	/** Whether a node has promised this ballot, as it has to before it is in step. */
	boolean hasPromiseOf(NodeId peer) {
		FollowerProgress follower = this.followers.of(peer);
		return follower != null && follower.promise() != null;
	}

	/** Index that every node of the configuration has durably decided. */
	long durablyDecidedEverywhere() {
		return this.followers.durablyDecided(this.local.log().durable().decided());
	}

	/** A promise that comes late, or again because the follower's log has changed. */
	void onPromise(NodeId from, Promise promise) {
		FollowerProgress follower = this.followers.of(from);
		if (follower == null) {
			return;
		}
		this.local.log().decide(Math.min(promise.position().decidedIndex(), this.local.log().accepted()));
		follower.promised(promise.position());
		this.replication.sync(from, follower, promise.position());
	}

	void onAccepted(NodeId from, Accepted accepted) {
		FollowerProgress follower = this.followers.of(from);
		if (follower == null || accepted.acceptedIndex() > this.local.log().accepted()) {
			return;
		}
		follower.accepted(accepted.acceptedIndex(), accepted.decidedIndex());
		if (accepted.gap()) {
			follower.missed();
		}
		decideWhatAQuorumHolds();
	}

	void onPropose(NodeId from, List<Entry> entries) {
		Expect expected = this.intake.take(from, entries);
		if (expected != null) {
			this.local.outbox().send(from, expected);
		}
	}

	@Override
	public void written() {
		long durable = this.local.log().durable().accepted();
		if (durable != this.ownMatch) {
			this.ownMatch = durable;
			decideWhatAQuorumHolds();
		}
	}

	@Override
	public void tick() {
		this.intake.tick();
		this.intake.toBeAskedAgain()
			.forEach((proposer) -> this.local.outbox().send(proposer, this.intake.expected(proposer)));
	}

	@Override
	public void flush() {
		this.replication.flush();
	}

	/**
	 * Tells by itself what has been decided before the last drain: what is newer may
	 * still go along with entries, as whoever waited for it often appends the next.
	 */
	@Override
	public void announce() {
		long decided = this.local.log().decided();
		for (Follower follower : this.followers.all()) {
			if (isToBeTold(follower.progress(), this.announced)) {
				this.replication.tellDecided(follower.peer(), follower.progress());
			}
		}
		this.announced = decided;
	}

	@Override
	public boolean hasToAnnounce() {
		long decided = this.local.log().decided();
		for (Follower follower : this.followers.all()) {
			if (isToBeTold(follower.progress(), decided)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isToBeTold(FollowerProgress follower, long decided) {
		return follower.isInStep() && !follower.isCatchingUp() && follower.toldDecided() < decided;
	}

	@Override
	public void resend() {
		for (Follower follower : this.followers.all()) {
			follower.progress().resendPeriodOver();
			probe(follower.peer(), follower.progress());
		}
		this.readRounds.resend();
	}

	@Override
	public void reconnected(NodeId peer) {
		FollowerProgress follower = this.followers.of(peer);
		if (follower != null) {
			follower.resendPeriodOver();
			boolean hadConfirmed = follower.hasConfirmed(this.local.log().position());
			follower.doubt();
			if (hadConfirmed) {
				prepare(peer);
			}
			else {
				probe(peer, follower);
			}
			this.local.outbox().send(peer, this.intake.expected(peer));
		}
	}

	/**
	 * Asks the follower that has most of the log to take over, of those that are there.
	 */
	boolean handOver(Predicate<NodeId> isConnected) {
		Optional<NodeId> best = this.followers.ofMost(isConnected);
		best.ifPresent((successor) -> this.local.outbox().send(successor, new HandOver(this.ballot)));
		return best.isPresent();
	}

	private void probe(NodeId peer, FollowerProgress follower) {
		LogPosition promise = follower.promise();
		if (follower.hasConfirmed(this.local.log().position())) {
			return;
		}
		if (follower.isCatchingUp()) {
			this.replication.tellToCatchUp(peer, follower);
		}
		else if (follower.isInStep()) {
			this.replication.tellDecided(peer, follower);
		}
		else if (promise != null) {
			this.replication.sync(peer, follower, promise);
		}
		if (promise == null || follower.isSilent()) {
			prepare(peer);
		}
	}

	/** Whoever is in step answers that it is; whoever has lost its storage promises. */
	private void prepare(NodeId peer) {
		ReplicaLog log = this.local.log();
		this.local.outbox().sendWhenWritten(peer, () -> new Prepare(this.ballot, log.position()));
	}

	private void decideWhatAQuorumHolds() {
		this.local.log().decide(this.followers.heldBy(this.local.cluster().writeQuorum(), this.ownMatch));
	}

}
