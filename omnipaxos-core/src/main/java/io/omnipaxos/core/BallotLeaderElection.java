package io.omnipaxos.core;

import java.util.Collection;
import java.util.Map;

import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatRequest;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Finds a leader that is connected to a quorum, as long as there is any such node. Works
 * in rounds: at the end of each, a node judges from the replies whether the leader it
 * follows will do, and takes over when neither it nor anybody it hears is content.
 * <p>
 * Source: section 5 of the paper and {@code BallotLeaderElection} of the Rust library;
 * the additions are those of the protocol document.
 */
final class BallotLeaderElection {

	/**
	 * Rounds of unhappiness after which a neighbour content with a lower leader is
	 * overruled.
	 */
	private static final int PATIENCE = 3;

	/**
	 * Number of the ballots that nodes begin with: they only say who is to take over
	 * among nodes that have promised nothing.
	 */
	private static final int NOT_LED = 0;

	private final Local local;

	private final long session;

	private final RoundReplies replies = new RoundReplies();

	private long round;

	private Ballot own;

	private Ballot leader;

	private Ballot highestRefusal = Ballot.NONE;

	private boolean happy = true;

	private Discontent discontent = new Discontent(Ballot.NONE, 0);

	private int priority;

	/**
	 * Creates an election that goes on from the stored promise. A node begins below every
	 * ballot that anybody has led: its own of a former life, so it never leads one again,
	 * and those of others, so it disturbs none that has decided things without it.
	 */
	BallotLeaderElection(Local local, long session) {
		this.local = local;
		this.session = session;
		this.priority = local.server().leaderPriority();
		Ballot promise = local.log().promise();
		int configurationId = local.cluster().configurationId();
		boolean recovered = promise.configurationId() == configurationId;
		this.own = new Ballot(configurationId, NOT_LED, this.priority, local.self());
		this.leader = recovered ? promise : this.own;
	}

	Ballot leader() {
		return this.leader;
	}

	void setPriority(int priority) {
		if (priority < 0) {
			throw new IllegalArgumentException("The priority must not be negative: " + priority);
		}
		this.priority = priority;
	}

	/** Takes note of a ballot that somebody has promised. */
	void refusedFor(Ballot promise) {
		this.highestRefusal = Ballot.max(this.highestRefusal, promise);
	}

	/**
	 * The connection to a peer is lost. If it is the leader, it counts as not heard in
	 * this round, and this node objects to no other any more; unless it is back before
	 * the round ends.
	 */
	void disconnected(NodeId peer) {
		if (peer.equals(this.leader.pid()) && !this.leader.equals(this.own)) {
			this.replies.lose(peer);
		}
	}

	void reconnected(NodeId peer) {
		this.replies.regain(peer);
	}

	/** Whether the leader was heard in the current replies and finds itself in order. */
	boolean hearsHappyLeader() {
		return replies().values()
			.stream()
			.anyMatch((reply) -> leads(reply) && reply.ballot().equals(this.leader) && reply.happy());
	}

	Map<NodeId, HeartbeatReply> replies() {
		return this.replies.counted();
	}

	void startRound() {
		this.replies.clear();
		this.round++;
		HeartbeatRequest request = new HeartbeatRequest(this.session, this.round);
		this.local.peers().forEach((peer) -> this.local.outbox().send(peer, request));
	}

	void onRequest(NodeId from, HeartbeatRequest request) {
		boolean content = this.happy && !this.replies.isLost(this.leader.pid());
		this.local.outbox()
			.send(from, new HeartbeatReply(request.session(), request.round(), this.own, this.leader, content,
					this.local.log().decided()));
	}

	void onReply(NodeId from, HeartbeatReply reply) {
		int configurationId = this.local.cluster().configurationId();
		boolean ofThisRound = reply.session() == this.session && reply.round() == this.round;
		boolean credible = reply.ballot().pid().equals(from) && reply.ballot().configurationId() == configurationId
				&& reply.leader().configurationId() == configurationId;
		if (ofThisRound && credible) {
			this.replies.add(from, reply);
		}
	}

	/**
	 * Judges the replies of the round that ends.
	 * @param led ballot that this node leads in Sequence Paxos, or {@code null}
	 * @param accepting whether it has got as far as the Accept phase
	 * @param fitness what keeps it from leading, if anything does
	 * @return whether this node is to lead {@link #leader()}
	 */
	boolean endRound(@Nullable Ballot led, boolean accepting, Fitness fitness) {
		Ballot promise = this.local.log().promise();
		followHighestBallot();
		boolean promiseRose = promise.isHigherThan(this.leader);
		this.happy = isContent(accepting, fitness);
		this.discontent = this.happy ? new Discontent(Ballot.NONE, 0) : this.discontent.with(this.leader);
		boolean may = !promiseRose && fitness != Fitness.UNABLE;
		if (may && hearsPrepareQuorum() && wantsToTakeOver(fitness)) {
			takeOver();
		}
		if (promise.isHigherThan(this.leader)) {
			follow(promise, promise.equals(led));
		}
		return this.leader.equals(this.own) && this.own.n() != NOT_LED;
	}

	/** Returns a ballot of this node that exceeds every one it knows of, and takes it. */
	Ballot takeOver() {
		this.replies.regain(this.leader.pid());
		long n = Math.max(this.local.log().promise().n(), Math.max(this.own.n(), this.leader.n()));
		n = Math.max(n, this.highestRefusal.n());
		for (HeartbeatReply reply : replies().values()) {
			n = Math.max(n, Math.max(reply.ballot().n(), reply.leader().n()));
		}
		this.own = new Ballot(this.local.cluster().configurationId(), Math.addExact(n, 1), this.priority,
				this.local.self());
		this.leader = this.own;
		this.happy = true;
		return this.own;
	}

	private void followHighestBallot() {
		for (HeartbeatReply reply : replies().values()) {
			if (leads(reply)) {
				this.leader = Ballot.max(this.leader, reply.ballot());
			}
		}
	}

	/** Whether the sender leads its own ballot, and has not gone over to another's. */
	private static boolean leads(HeartbeatReply reply) {
		return reply.leader().equals(reply.ballot());
	}

	private void follow(Ballot promise, boolean isOwn) {
		this.leader = promise;
		this.happy = true;
		if (isOwn) {
			this.own = promise;
		}
	}

	private boolean isContent(boolean accepting, Fitness fitness) {
		if (!this.leader.equals(this.own)) {
			return hearsHappyLeader();
		}
		if (leavesSomebodyOut() || (!accepting && fitness == Fitness.UNABLE)) {
			return false;
		}
		int needed = accepting ? this.local.cluster().writeQuorum() : this.local.cluster().prepareQuorum();
		long followers = replies().size() - followersOfHigher().size();
		return followers + 1 >= needed;
	}

	/**
	 * Whether a leader hears a node that obeys a higher ballot whose owner is not to be
	 * found: only a still higher ballot brings that node back.
	 */
	private boolean leavesSomebodyOut() {
		Collection<HeartbeatReply> higher = followersOfHigher();
		return this.leader.equals(this.own) && !higher.isEmpty() && higher.stream().noneMatch(HeartbeatReply::happy);
	}

	private Collection<HeartbeatReply> followersOfHigher() {
		return replies().values().stream().filter((reply) -> reply.leader().isHigherThan(this.own)).toList();
	}

	private boolean hearsPrepareQuorum() {
		return replies().size() + 1 >= this.local.cluster().prepareQuorum();
	}

	private boolean wantsToTakeOver(Fitness fitness) {
		return isPreferred(fitness) || leavesSomebodyOut() || (!this.happy && nobodyObjects());
	}

	private boolean isPreferred(Fitness fitness) {
		if (!this.leader.equals(this.own)) {
			return this.priority > this.leader.priority() && fitness == Fitness.READY;
		}
		return (this.own.n() == NOT_LED) ? this.happy : this.priority != this.own.priority();
	}

	private boolean nobodyObjects() {
		boolean outOfPatience = this.discontent.rounds() >= PATIENCE;
		return replies().values()
			.stream()
			.noneMatch((reply) -> reply.happy() && !(outOfPatience && this.leader.isHigherThan(reply.leader())));
	}

	/** What keeps a node from leading. */
	enum Fitness {

		/** Nothing. */
		READY,

		/**
		 * It would have to fetch what others have decided, and nobody decides meanwhile.
		 */
		BEHIND,

		/** It lacks entries that nobody has any more. */
		UNABLE

	}

	/** For how many rounds in a row a node was unhappy with the same leader. */
	private record Discontent(Ballot leader, int rounds) {

		Discontent with(Ballot current) {
			return new Discontent(current, current.equals(this.leader) ? this.rounds + 1 : 1);
		}

	}

}
