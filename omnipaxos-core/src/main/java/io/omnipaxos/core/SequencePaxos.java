package io.omnipaxos.core;

import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.AcceptMessage.CatchUp;
import io.omnipaxos.core.message.PrepareMessage.FetchUndecided;
import io.omnipaxos.core.message.PrepareMessage.NotAccepted;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.message.PrepareMessage.UndecidedPiece;
import io.omnipaxos.core.message.ProposalMessage.Expect;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.message.ReadMessage.BarrierAnswer;
import io.omnipaxos.core.message.ReadMessage.BarrierRequest;
import io.omnipaxos.core.message.ReadMessage.ReadAck;
import io.omnipaxos.core.message.ReadMessage.ReadProbe;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Sequence Paxos: keeps the promise, and plays the role that goes with it. Whoever speaks
 * for a lower ballot than the promised one is told so, and is not obeyed.
 * <p>
 * Source: section 4 of the paper and {@code SequencePaxos} of the Rust library.
 */
final class SequencePaxos {

	private final Local local;

	private final Fetcher fetcher;

	private final Users users;

	private RoleState role;

	private Notice.LeaderChanged reported = new Notice.LeaderChanged(null, Ballot.NONE);

	SequencePaxos(Local local, Fetcher fetcher, Users users) {
		this.local = local;
		this.fetcher = fetcher;
		this.users = users;
		this.role = new Following(local, fetcher, users.proposals());
	}

	RoleState role() {
		return this.role;
	}

	/** Begins to lead a ballot of this node, which is higher than the promised one. */
	void lead(Ballot ballot) {
		this.local.log().promise(ballot);
		play(new Preparing(this.local, this.fetcher, this));
	}

	/** The Prepare phase is over. */
	void beginAccepting(Ballot adoptedRound, Map<NodeId, LogPosition> promises) {
		Leading leading = new Leading(this.local, adoptedRound, promises,
				new ReadRounds(this.local, this.users.barriers()));
		play(leading);
		this.users.proposals().onExpect(leading.intake().expected(this.local.self()));
	}

	/** Promises a ballot of another node, if it is higher than the promised one. */
	void obey(Ballot ballot) {
		if (ballot.isHigherThan(this.local.log().promise())) {
			this.local.log().promise(ballot);
			play(new Following(this.local, this.fetcher, this.users.proposals()));
		}
	}

	/** What is unanswered for a resend timeout is taken for lost. */
	void resend() {
		this.local.log().stored().tryAgain();
		this.local.log().compacted().transfers().resendPeriodOver();
		this.role.resend();
		this.users.resend();
		this.fetcher.resend();
		this.local.log().forceDecided();
	}

	/** Asks a follower that is there to take over, if this node leads and has one. */
	boolean handOver(Predicate<NodeId> isConnected) {
		return this.role instanceof Leading leading && leading.handOver(isConnected);
	}

	private void play(RoleState next) {
		this.role = next;
		this.users.leaderChanged();
	}

	/** The leader that this node knows, itself included. */
	@Nullable NodeId leader() {
		NodeId pid = this.local.log().promise().pid();
		boolean formerSelf = pid.equals(this.local.self()) && !this.role.role().leads();
		return (pid.equals(NodeId.NONE) || formerSelf) ? null : pid;
	}

	/** Reports another leader than the last one reported, or none. */
	void reportLeader() {
		NodeId leader = leader();
		Ballot ballot = (leader != null) ? this.local.log().promise() : this.reported.ballot();
		if (!Objects.equals(leader, this.reported.leader()) || !ballot.equals(this.reported.ballot())) {
			this.reported = new Notice.LeaderChanged(leader, ballot);
			this.local.outbox().notify(this.reported);
		}
	}

	void onPrepare(NodeId from, Prepare prepare) {
		if (!isOwnBallot(from, prepare.ballot())) {
			return;
		}
		obey(prepare.ballot());
		Following following = obeying(from, prepare.ballot());
		if (following != null) {
			following.onPrepare();
		}
	}

	void onPromise(NodeId from, Promise promise) {
		if (this.role instanceof Preparing preparing && preparing.ballot().equals(promise.ballot())) {
			preparing.onPromise(from, promise);
		}
		else if (this.role instanceof Leading leading && leading.ballot().equals(promise.ballot())) {
			leading.onPromise(from, promise);
		}
	}

	void onFetchUndecided(NodeId from, FetchUndecided fetch) {
		Following following = obeying(from, fetch.ballot());
		if (following != null) {
			following.onFetchUndecided(fetch);
		}
	}

	void onUndecidedPiece(NodeId from, UndecidedPiece piece) {
		if (this.role instanceof Preparing preparing && preparing.ballot().equals(piece.ballot())) {
			preparing.onUndecidedPiece(from, piece);
		}
	}

	void onAcceptSync(NodeId from, AcceptSync sync) {
		Following following = obeying(from, sync.ballot());
		if (following != null) {
			following.onAcceptSync(sync);
		}
	}

	void onAcceptDecide(NodeId from, AcceptDecide accept) {
		Following following = obeying(from, accept.ballot());
		if (following != null) {
			following.onAcceptDecide(accept);
		}
	}

	/**
	 * Whether a node is in step with a ballot that this node leads, and has been brought
	 * there in another life of this one, whose storage is lost: what the ballot's log was
	 * then nobody here knows, so it must not be led on.
	 */
	boolean hasForgotten(NodeId inStep, Ballot ballot) {
		if (!ballot.equals(this.local.log().promise())) {
			return false;
		}
		return this.role instanceof Preparing
				|| (this.role instanceof Leading leading && !leading.hasPromiseOf(inStep));
	}

	void onAccepted(NodeId from, Accepted accepted) {
		if (this.role instanceof Leading leading && leading.ballot().equals(accepted.ballot())) {
			leading.onAccepted(from, accepted);
		}
	}

	void onCatchUp(NodeId from, CatchUp order) {
		Following following = obeying(from, order.ballot());
		if (following != null) {
			following.onCatchUp(order);
		}
	}

	void onPropose(NodeId from, Propose propose) {
		if (this.role instanceof Leading leading) {
			leading.onPropose(from, propose.entries());
		}
	}

	void onExpect(NodeId from, Expect expect) {
		if (this.role instanceof Following following && following.leader().equals(from)) {
			this.users.proposals().onExpect(expect);
		}
	}

	void onBarrierRequest(NodeId from, BarrierRequest request) {
		if (this.role instanceof Leading leading) {
			leading.readRounds().request(from, request);
		}
	}

	void onBarrierAnswer(NodeId from, BarrierAnswer answer) {
		this.users.barriers().onAnswer(answer);
	}

	void onReadProbe(NodeId from, ReadProbe probe) {
		if (this.local.log().promise().equals(probe.ballot())) {
			this.local.outbox().send(from, new ReadAck(probe.ballot(), probe.round()));
		}
	}

	void onReadAck(NodeId from, ReadAck ack) {
		if (this.role instanceof Leading leading && leading.ballot().equals(ack.ballot())) {
			leading.readRounds().onAck(from, ack.round());
		}
	}

	/** Whether a node speaks for the ballot that it owns. */
	private boolean isOwnBallot(NodeId from, Ballot ballot) {
		return ballot.pid().equals(from) && ballot.configurationId() == this.local.cluster().configurationId();
	}

	/**
	 * Returns this node as a follower of {@code ballot}, or {@code null} when it is not
	 * one. The owner of a lower ballot than the promised one is told so.
	 */
	@Nullable Following obeying(NodeId from, Ballot ballot) {
		if (!isOwnBallot(from, ballot)) {
			return null;
		}
		Ballot promise = this.local.log().promise();
		if (promise.isHigherThan(ballot)) {
			this.local.outbox()
				.sendWhenWritten(from, () -> new NotAccepted(ballot, this.local.log().durable().promise()));
			return null;
		}
		return (promise.equals(ballot) && this.role instanceof Following following) ? following : null;
	}

	/** Whether this node has adopted the log of the leader that asks. */
	boolean isInStepWith(NodeId leader, Ballot ballot) {
		Following following = obeying(leader, ballot);
		return following != null && following.role() == Role.FOLLOWING;
	}

}
