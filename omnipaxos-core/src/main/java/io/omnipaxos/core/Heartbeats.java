package io.omnipaxos.core;

import java.util.Map;

import io.omnipaxos.core.BallotLeaderElection.Fitness;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.NodeId;

/**
 * The end of each heartbeat round: who is there, whether this node lags behind somebody,
 * and whether it is to lead.
 */
final class Heartbeats {

	private final Local local;

	private final Peers peers;

	private final BallotLeaderElection election;

	private final Fetcher fetcher;

	private final SequencePaxos sequencePaxos;

	private final TickTimer timer;

	private long decidedAtStart;

	/** What others had decided by the end of the round before. */
	private long goal = Long.MAX_VALUE;

	private boolean leaderHeard;

	Heartbeats(Local local, Peers peers, BallotLeaderElection election, Fetcher fetcher, SequencePaxos sequencePaxos) {
		this.local = local;
		this.peers = peers;
		this.election = election;
		this.fetcher = fetcher;
		this.sequencePaxos = sequencePaxos;
		this.timer = new TickTimer(local.server().electionTickTimeout());
	}

	BallotLeaderElection election() {
		return this.election;
	}

	/** Whether the leader answered in the last round and found itself in order. */
	boolean isLeaderHeard() {
		return this.leaderHeard;
	}

	/** Takes an answer; how far its sender is counts at once. */
	void onReply(NodeId from, HeartbeatReply reply) {
		this.peers.hasDecided(from, reply.decidedIndex());
		this.election.onReply(from, reply);
	}

	void tick() {
		this.peers.tick();
		if (this.timer.tick()) {
			endRound();
			this.election.startRound();
		}
	}

	/** Leads with a ballot above every one known here. */
	void takeOver() {
		this.sequencePaxos.lead(this.election.takeOver());
	}

	private void endRound() {
		Map<NodeId, HeartbeatReply> replies = this.election.replies();
		this.peers.roundEnded(replies.keySet());
		fetchIfBehind(replies);
		this.leaderHeard = this.election.hearsHappyLeader();
		RoleState role = this.sequencePaxos.role();
		Ballot promise = this.local.log().promise();
		boolean leads = this.election.endRound(role.role().leads() ? promise : null, role instanceof Leading,
				fitness());
		this.goal = replies.values().stream().mapToLong(HeartbeatReply::decidedIndex).max().orElse(this.goal);
		if (leads && this.election.leader().isHigherThan(promise)) {
			this.sequencePaxos.lead(this.election.leader());
		}
	}

	/** Entries of this very moment are on their way to whoever is well. */
	private Fitness fitness() {
		if (this.fetcher.isStuck()) {
			return Fitness.UNABLE;
		}
		return (this.local.log().decided() < this.goal) ? Fitness.BEHIND : Fitness.READY;
	}

	/**
	 * Whoever stood still for a whole round while another node went on does not hear of
	 * it from its leader.
	 */
	private void fetchIfBehind(Map<NodeId, HeartbeatReply> replies) {
		long decided = this.local.log().decided();
		boolean stoodStill = decided == this.decidedAtStart;
		this.decidedAtStart = decided;
		this.fetcher.roundEnded();
		replies.forEach((pid, reply) -> {
			if (stoodStill && reply.decidedIndex() > decided) {
				this.fetcher.fetchUpTo(reply.decidedIndex(), pid);
			}
		});
	}

}
