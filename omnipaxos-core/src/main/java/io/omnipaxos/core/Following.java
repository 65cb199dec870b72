package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.PrepareMessage.FetchUndecided;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.message.PrepareMessage.UndecidedPiece;
import io.omnipaxos.core.message.AcceptMessage.CatchUp;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;

/**
 * Obeys the leader of the promised ballot. Every answer is made when the write is
 * durable, from what is then true.
 * <p>
 * Source: {@code sequence_paxos/follower.rs} of the Rust library.
 */
final class Following implements RoleState {

	private final Local local;

	private final Fetcher fetcher;

	private final Proposals proposals;

	private final Ballot ballot;

	private boolean promiseDue;

	private boolean acceptedDue;

	private boolean gap;

	Following(Local local, Fetcher fetcher, Proposals proposals) {
		this.local = local;
		this.fetcher = fetcher;
		this.proposals = proposals;
		this.ballot = local.log().promise();
	}

	@Override
	public Role role() {
		return (hasLeader() && this.local.log().isInStep()) ? Role.FOLLOWING : Role.SYNCING;
	}

	/**
	 * A restarted node may have promised a ballot of its own, which nobody leads any
	 * more.
	 */
	private boolean hasLeader() {
		return !leader().equals(NodeId.NONE) && !leader().equals(this.local.self());
	}

	NodeId leader() {
		return this.ballot.pid();
	}

	/**
	 * Promises, or, when in step already, tells how far this node has accepted: then
	 * there is nothing to prepare again. The Rust library ignores a repeated Prepare,
	 * which can leave a follower behind for ever.
	 */
	void onPrepare() {
		if (this.local.log().isInStep()) {
			answerAccepted();
		}
		else {
			answerPromise();
		}
	}

	void onFetchUndecided(FetchUndecided fetch) {
		ReplicaLog log = this.local.log();
		if (!fetch.of().equals(log.position()) || fetch.from() < log.decided()) {
			onPrepare();
			return;
		}
		List<Entry> entries = log.entries(fetch.from(), log.accepted(), this.local.limits().maxPieceBytes());
		this.local.outbox()
			.sendWhenWritten(leader(),
					() -> obeysStill() ? new UndecidedPiece(this.ballot, fetch.of(), fetch.from(), entries) : null);
	}

	/**
	 * Makes this log equal to the leader's. The leader's message answers one promise; if
	 * the log has changed since, it no longer fits, and is answered with a new promise. A
	 * fetch ends there: the leader can serve, and the log is to stay as it was promised.
	 */
	void onAcceptSync(AcceptSync sync) {
		ReplicaLog log = this.local.log();
		if (log.isInStep()) {
			answerAccepted();
			return;
		}
		boolean fits = sync.of().equals(log.position()) && sync.syncIndex() >= log.decided()
				&& sync.syncIndex() <= log.accepted();
		if (!fits) {
			this.fetcher.giveUp();
			answerPromise();
			return;
		}
		log.replaceFrom(sync.syncIndex(), sync.entries());
		log.acceptRound(this.ballot);
		log.decide(Math.min(sync.decidedIndex(), log.accepted()));
		this.proposals.sendAgain();
		answerAccepted();
	}

	void onAcceptDecide(AcceptDecide accept) {
		ReplicaLog log = this.local.log();
		if (!log.isInStep()) {
			if (!this.fetcher.isFetching()) {
				answerPromise();
			}
			return;
		}
		long decidedBefore = log.decided();
		if (accept.from() <= log.accepted() && undecidedFits()) {
			appendMissing(accept);
		}
		else {
			this.gap = true;
		}
		log.decide(Math.min(accept.decidedIndex(), log.accepted()));
		boolean tellsOnlyDecided = accept.entries().isEmpty() && log.decided() > decidedBefore;
		if (!tellsOnlyDecided || this.gap || !log.hasRoom()) {
			answerAccepted();
		}
	}

	/**
	 * More than this is undecided in no leader's log; what is above it counts as lost.
	 */
	private boolean undecidedFits() {
		return this.local.log().undecidedBytes() <= this.local.limits().maxMessageBytes();
	}

	private void appendMissing(AcceptDecide accept) {
		ReplicaLog log = this.local.log();
		List<Entry> entries = accept.entries();
		int known = (int) Math.min(log.accepted() - accept.from(), entries.size());
		for (int i = known; i < entries.size(); i++) {
			log.append(entries.get(i));
		}
	}

	void onCatchUp(CatchUp order) {
		if (order.decidedIndex() <= this.local.log().decided()) {
			caughtUp();
			return;
		}
		this.fetcher.fetchUpTo(order.decidedIndex(), order.source(), leader());
	}

	@Override
	public void caughtUp() {
		if (hasLeader()) {
			onPrepare();
		}
	}

	@Override
	public void reconnected(NodeId peer) {
		if (peer.equals(leader())) {
			onPrepare();
			this.proposals.sendAgain();
		}
	}

	private void answerPromise() {
		this.promiseDue = true;
		this.local.log().forceDecided();
	}

	private void answerAccepted() {
		this.acceptedDue = true;
	}

	/** Answers the leader with what is durable now; a later role answers its own. */
	@Override
	public void written() {
		ReplicaLog log = this.local.log();
		if (this.promiseDue && !log.isInStep()) {
			this.local.outbox().send(leader(), new Promise(this.ballot, log.position()));
		}
		if (this.acceptedDue && log.isInStep()) {
			this.local.outbox()
				.send(leader(), new Accepted(this.ballot, log.accepted(), log.durable().decided(), this.gap));
		}
		this.promiseDue = false;
		this.acceptedDue = false;
		this.gap = false;
	}

	private boolean obeysStill() {
		return this.local.log().promise().equals(this.ballot);
	}

}
