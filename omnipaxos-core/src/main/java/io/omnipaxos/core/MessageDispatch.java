package io.omnipaxos.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.AcceptMessage.CatchUp;
import io.omnipaxos.core.message.AcceptMessage.HandOver;
import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.CatchUpMessage.FetchDecided;
import io.omnipaxos.core.message.CatchUpMessage.NotAvailable;
import io.omnipaxos.core.message.CatchUpMessage.SnapshotPiece;
import io.omnipaxos.core.message.CompactionMessage.TakeSnapshot;
import io.omnipaxos.core.message.CompactionMessage.TrimLog;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatRequest;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.Message;
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
import io.omnipaxos.core.model.NodeId;

/** Takes each kind of message to the part of the replica that it is for. */
final class MessageDispatch {

	private final Map<Class<? extends Message>, BiConsumer<NodeId, Message>> handlers = new HashMap<>();

	private final SequencePaxos sequencePaxos;

	private final Fetcher fetcher;

	private final Local local;

	private final MessageAdmission admission;

	MessageDispatch(Local local, SequencePaxos sequencePaxos, Fetcher fetcher) {
		this.local = local;
		this.admission = new MessageAdmission(local);
		this.sequencePaxos = sequencePaxos;
		this.fetcher = fetcher;
		forSequencePaxos();
		forCatchUp(new DecidedSource(local));
	}

	private void forSequencePaxos() {
		on(Prepare.class, this.sequencePaxos::onPrepare);
		on(Promise.class, this.sequencePaxos::onPromise);
		on(FetchUndecided.class, this.sequencePaxos::onFetchUndecided);
		on(UndecidedPiece.class, this.sequencePaxos::onUndecidedPiece);
		on(AcceptSync.class, this.sequencePaxos::onAcceptSync);
		on(AcceptDecide.class, this.sequencePaxos::onAcceptDecide);
		on(CatchUp.class, this.sequencePaxos::onCatchUp);
		on(Propose.class, this.sequencePaxos::onPropose);
		on(Expect.class, this.sequencePaxos::onExpect);
		on(BarrierRequest.class, this.sequencePaxos::onBarrierRequest);
		on(BarrierAnswer.class, this.sequencePaxos::onBarrierAnswer);
		on(ReadProbe.class, this.sequencePaxos::onReadProbe);
		on(ReadAck.class, this.sequencePaxos::onReadAck);
	}

	private void forCatchUp(DecidedSource decidedSource) {
		on(FetchDecided.class, decidedSource::onFetch);
		on(DecidedPiece.class, this::onDecidedPiece);
		on(SnapshotPiece.class, this::onSnapshotPiece);
		on(NotAvailable.class, this.fetcher::onNotAvailable);
	}

	void forElection(Heartbeats heartbeats) {
		BallotLeaderElection election = heartbeats.election();
		on(HeartbeatRequest.class, election::onRequest);
		on(HeartbeatReply.class, heartbeats::onReply);
		on(NotAccepted.class, (from, refusal) -> {
			if (refusal.promise().configurationId() == this.local.cluster().configurationId()) {
				election.refusedFor(refusal.promise());
			}
		});
		on(Accepted.class, (from, accepted) -> {
			if (this.sequencePaxos.hasForgotten(from, accepted.ballot())) {
				heartbeats.takeOver();
			}
			else {
				this.sequencePaxos.onAccepted(from, accepted);
			}
		});
		on(HandOver.class, (from, order) -> {
			if (this.sequencePaxos.isInStepWith(from, order.ballot())) {
				heartbeats.takeOver();
			}
		});
	}

	void forCompaction(Compaction compaction) {
		on(TrimLog.class, (from, order) -> {
			if (this.sequencePaxos.obeying(from, order.ballot()) != null) {
				compaction.onTrimLog(order);
			}
		});
		on(TakeSnapshot.class, (from, order) -> compaction.onTakeSnapshot(order));
	}

	private <M extends Message> void on(Class<M> kind, BiConsumer<NodeId, M> handler) {
		this.handlers.put(kind, (from, message) -> handler.accept(from, kind.cast(message)));
	}

	Set<Class<? extends Message>> handled() {
		return this.handlers.keySet();
	}

	void tick() {
		this.admission.tick();
	}

	/** As {@link MessageAdmission#admits}. */
	boolean admits(Envelope envelope) {
		return this.admission.admits(envelope);
	}

	void dispatch(NodeId from, Message message) {
		BiConsumer<NodeId, Message> handler = this.handlers.get(message.getClass());
		if (handler == null) {
			throw new IllegalStateException("Nobody handles " + message);
		}
		handler.accept(from, message);
	}

	/**
	 * Who takes a piece promises what its sender has promised. So what a node knows as
	 * decided was decided in a ballot that it has promised, or a lower one.
	 */
	private void onDecidedPiece(NodeId from, DecidedPiece piece) {
		if (isOfThisConfiguration(piece.promise()) && this.fetcher.canTake(piece)) {
			this.sequencePaxos.obey(piece.promise());
			caughtUpIf(this.fetcher.take(piece));
		}
	}

	private void onSnapshotPiece(NodeId from, SnapshotPiece piece) {
		if (isOfThisConfiguration(piece.promise()) && this.fetcher.canTake(from, piece)) {
			this.sequencePaxos.obey(piece.promise());
			caughtUpIf(this.fetcher.take(from, piece));
		}
	}

	private boolean isOfThisConfiguration(Ballot ballot) {
		return ballot.configurationId() == this.local.cluster().configurationId();
	}

	private void caughtUpIf(boolean reached) {
		if (reached) {
			this.sequencePaxos.role().caughtUp();
		}
	}

}
