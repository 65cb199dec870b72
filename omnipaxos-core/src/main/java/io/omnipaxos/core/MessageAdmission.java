package io.omnipaxos.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

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
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import org.jspecify.annotations.Nullable;

/**
 * Lets in what a node of this configuration can say. A peer is believed about its own
 * state, but not when what it says makes no sense whatever that state is: numbers that
 * nobody counts up to, ballots that nobody owns.
 */
final class MessageAdmission {

	/**
	 * Far more than anybody counts up to, and far enough from where numbers wrap: what
	 * this node adds to a number that it was told stays a number.
	 */
	static final long MAX_NUMBER = 1L << 62;

	/** Nodes of which a log may hold entries, former configurations included. */
	static final int MAX_PROPOSERS = 1024;

	private final Local local;

	private final Set<NodeId> members;

	private final Map<Class<? extends Message>, Function<Message, @Nullable String>> rules = new HashMap<>();

	private final Set<NodeId> toldThisTick = new HashSet<>();

	MessageAdmission(Local local) {
		this.local = local;
		this.members = new HashSet<>(local.cluster().nodes());
		forElections();
		forEntries();
		forTheRest();
	}

	private void forElections() {
		// What is only compared, or repeated in the answer, may be any number.
		on(HeartbeatRequest.class, (request) -> null);
		on(HeartbeatReply.class,
				(reply) -> first(ballot(reply.ballot()), ballot(reply.leader()), number(reply.decidedIndex())));
		on(Prepare.class, (prepare) -> first(ballot(prepare.ballot()), position(prepare.position())));
		on(Promise.class, (promise) -> first(ballot(promise.ballot()), position(promise.position())));
		on(NotAccepted.class, (refusal) -> first(ballot(refusal.ballot()), ballot(refusal.promise())));
		on(HandOver.class, (order) -> ballot(order.ballot()));
		on(ReadProbe.class, (probe) -> ballot(probe.ballot()));
		on(ReadAck.class, (ack) -> ballot(ack.ballot()));
	}

	private void forEntries() {
		on(FetchUndecided.class, (fetch) -> first(ballot(fetch.ballot()), position(fetch.of()), number(fetch.from())));
		on(UndecidedPiece.class, (piece) -> first(ballot(piece.ballot()), position(piece.of()), number(piece.from()),
				entries(piece.entries())));
		on(AcceptSync.class, (sync) -> first(ballot(sync.ballot()), position(sync.of()),
				first(number(sync.syncIndex()), number(sync.decidedIndex()), entries(sync.entries()))));
		on(AcceptDecide.class, (accept) -> first(ballot(accept.ballot()), number(accept.from()),
				number(accept.decidedIndex()), entries(accept.entries())));
		on(Accepted.class, (accepted) -> first(ballot(accepted.ballot()), number(accepted.acceptedIndex()),
				number(accepted.decidedIndex())));
		on(DecidedPiece.class, (piece) -> first(ballot(piece.promise()), number(piece.from()),
				number(piece.decidedIndex()), entries(piece.entries())));
		on(Propose.class, (propose) -> entries(propose.entries()));
		on(Expect.class, (expect) -> first(number(expect.session()), number(expect.seq())));
	}

	private void forTheRest() {
		on(CatchUp.class,
				(order) -> first(ballot(order.ballot()), number(order.decidedIndex()), source(order.source())));
		on(FetchDecided.class, (fetch) -> number(fetch.from()));
		on(SnapshotPiece.class,
				(piece) -> first(ballot(piece.promise()), number(piece.snapshot().index()), sessions(piece.sessions()),
						(piece.size() > Integer.MAX_VALUE) ? "a snapshot of %d bytes".formatted(piece.size()) : null));
		on(NotAvailable.class, (answer) -> first(number(answer.from()), number(answer.compactedIndex())));
		on(BarrierRequest.class, (request) -> null);
		on(BarrierAnswer.class, (answer) -> number(answer.index()));
		on(TrimLog.class, (order) -> first(ballot(order.ballot()), number(order.index())));
		on(TakeSnapshot.class, (order) -> number(order.index()));
	}

	private <M extends Message> void on(Class<M> kind, Function<M, @Nullable String> rule) {
		this.rules.put(kind, (message) -> rule.apply(kind.cast(message)));
	}

	/** Kinds of messages that there is a rule for: all of them. */
	Set<Class<? extends Message>> ruled() {
		return this.rules.keySet();
	}

	void tick() {
		this.toldThisTick.clear();
	}

	/**
	 * Whether a message makes sense. The owner is told of one that does not, once for
	 * each sender and tick.
	 */
	boolean admits(Envelope envelope) {
		Message message = envelope.message();
		String objection = Objects.requireNonNull(this.rules.get(message.getClass())).apply(message);
		if (objection != null && this.toldThisTick.add(envelope.from())) {
			this.local.outbox()
				.notify(new Notice.MessageRefused(envelope.from(), message.getClass().getSimpleName(), objection));
		}
		return objection == null;
	}

	// No array of them: this is done for every message.
	private static @Nullable String first(@Nullable String one, @Nullable String two) {
		return (one != null) ? one : two;
	}

	private static @Nullable String first(@Nullable String one, @Nullable String two, @Nullable String three) {
		return first(one, first(two, three));
	}

	private static @Nullable String first(@Nullable String one, @Nullable String two, @Nullable String three,
			@Nullable String four) {
		return first(one, first(two, three, four));
	}

	private static @Nullable String number(long number) {
		return (number > MAX_NUMBER) ? "the number " + number : null;
	}

	/** A ballot of a former configuration is remembered by whoever lived in it. */
	private @Nullable String ballot(Ballot ballot) {
		int own = this.local.cluster().configurationId();
		boolean ownerless = ballot.configurationId() == own && !this.members.contains(ballot.pid());
		if (ballot.n() > MAX_NUMBER || ballot.configurationId() > own || ownerless) {
			return "the ballot " + ballot;
		}
		return null;
	}

	private @Nullable String source(NodeId source) {
		return (source.equals(NodeId.NONE) || this.members.contains(source)) ? null : "the source " + source;
	}

	private @Nullable String position(LogPosition position) {
		return first(ballot(position.acceptedRound()), number(position.acceptedIndex()));
	}

	private @Nullable String sessions(SessionTable sessions) {
		if (sessions.last().size() > MAX_PROPOSERS) {
			return "proposals of %d nodes".formatted(sessions.last().size());
		}
		for (ProposalId last : sessions.last()) {
			if (!isProposal(last)) {
				return "the proposal " + last;
			}
		}
		return null;
	}

	/** Entries of one node mostly follow each other. */
	private @Nullable String entries(List<Entry> entries) {
		Set<NodeId> strangers = Set.of();
		NodeId before = NodeId.NONE;
		for (int i = 0; i < entries.size(); i++) {
			ProposalId id = entries.get(i).id();
			if (!isProposal(id)) {
				return "the proposal " + id;
			}
			if (!id.pid().equals(before) && !this.members.contains(id.pid())) {
				strangers = with(strangers, id.pid());
			}
			before = id.pid();
		}
		return strangers.isEmpty() ? null : strangers(strangers);
	}

	private static Set<NodeId> with(Set<NodeId> some, NodeId pid) {
		Set<NodeId> more = some.isEmpty() ? new HashSet<>() : some;
		more.add(pid);
		return more;
	}

	/** The session table must not grow with what is said. */
	private @Nullable String strangers(Set<NodeId> strangers) {
		Set<NodeId> all = new HashSet<>(strangers);
		this.local.log().sessions().last().forEach((id) -> all.add(id.pid()));
		return (all.size() > MAX_PROPOSERS) ? "proposals of %d nodes".formatted(all.size()) : null;
	}

	private static boolean isProposal(ProposalId id) {
		return !id.pid().equals(NodeId.NONE) && id.session() <= MAX_NUMBER && id.seq() <= MAX_NUMBER;
	}

}
