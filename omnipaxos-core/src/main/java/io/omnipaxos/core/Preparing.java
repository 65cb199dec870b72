package io.omnipaxos.core;

import java.util.LinkedHashMap;
import java.util.Map;

import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.message.PrepareMessage.UndecidedPiece;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Leads a ballot in its Prepare phase: gathers promises and adopts the most recent log
 * among them.
 * <p>
 * Source: {@code sequence_paxos/leader.rs} of the Rust library, where promises carry the
 * entries; here only the log that is adopted travels.
 */
final class Preparing implements RoleState {

	/** Resend timeouts without a piece after which a promise is taken for void. */
	private static final int PATIENCE = 2;

	private final Local local;

	private final Fetcher fetcher;

	private final SequencePaxos sequencePaxos;

	private final Ballot ballot;

	private final Map<NodeId, LogPosition> promises = new LinkedHashMap<>();

	private @Nullable Adoption adoption;

	Preparing(Local local, Fetcher fetcher, SequencePaxos sequencePaxos) {
		this.local = local;
		this.fetcher = fetcher;
		this.sequencePaxos = sequencePaxos;
		this.ballot = local.log().promise();
		local.peers().forEach(this::prepare);
	}

	@Override
	public Role role() {
		return Role.PREPARING;
	}

	Ballot ballot() {
		return this.ballot;
	}

	private void prepare(NodeId peer) {
		ReplicaLog log = this.local.log();
		this.local.outbox()
			.sendWhenWritten(peer,
					() -> log.promise().equals(this.ballot) ? new Prepare(this.ballot, log.position()) : null);
	}

	void onPromise(NodeId from, Promise promise) {
		this.promises.put(from, promise.position());
		Adoption current = this.adoption;
		if (current != null && current.source().equals(from) && !current.of().equals(promise.position())) {
			this.adoption = null;
		}
		evaluate();
	}

	void onUndecidedPiece(NodeId from, UndecidedPiece piece) {
		Adoption current = this.adoption;
		if (current == null || !current.take(from, piece)) {
			return;
		}
		if (current.isExcessive()) {
			drop(current);
			return;
		}
		proceed(current);
	}

	@Override
	public void caughtUp() {
		if (this.adoption != null) {
			proceed(this.adoption);
		}
	}

	@Override
	public void written() {
		evaluate();
	}

	@Override
	public void resend() {
		for (NodeId peer : this.local.peers()) {
			if (!this.promises.containsKey(peer)) {
				prepare(peer);
			}
		}
		Adoption current = this.adoption;
		if (current == null) {
			return;
		}
		if (current.silence(this.fetcher.pieces()) >= PATIENCE) {
			drop(current);
		}
		else if (!current.waitsFor(this.fetcher)) {
			proceed(current);
		}
	}

	@Override
	public void reconnected(NodeId peer) {
		prepare(peer);
	}

	/**
	 * The own promise counts only once it is durable; the own log as it is at this
	 * moment.
	 */
	private void evaluate() {
		ReplicaLog log = this.local.log();
		boolean durable = log.durable().promise().equals(this.ballot);
		if (!durable || this.adoption != null || this.promises.size() + 1 < this.local.cluster().prepareQuorum()) {
			return;
		}
		NodeId best = this.local.self();
		LogPosition bestPosition = log.position();
		for (Map.Entry<NodeId, LogPosition> promise : this.promises.entrySet()) {
			if (promise.getValue().isMoreUpToDateThan(bestPosition)) {
				best = promise.getKey();
				bestPosition = promise.getValue();
			}
		}
		if (best.equals(this.local.self())) {
			accept(log.acceptedRound());
		}
		else {
			this.adoption = new Adoption(this.local, this.ballot, best, bestPosition);
			proceed(this.adoption);
		}
	}

	private void proceed(Adoption current) {
		current.proceed(this.fetcher);
		if (current.isWhole()) {
			this.adoption = null;
			current.adopt();
			accept(current.of().acceptedRound());
		}
	}

	/** Takes a promise for void; what is left is looked at once this input is written. */
	private void drop(Adoption current) {
		this.adoption = null;
		this.promises.remove(current.source());
	}

	/** Begins the Accept phase with the log as it is now. */
	private void accept(Ballot adoptedRound) {
		ReplicaLog log = this.local.log();
		log.acceptRound(this.ballot);
		long proven = log.decided();
		for (LogPosition promised : this.promises.values()) {
			proven = Math.max(proven, promised.decidedIndex());
		}
		log.decide(Math.min(proven, log.accepted()));
		this.sequencePaxos.beginAccepting(adoptedRound, this.promises);
	}

}
