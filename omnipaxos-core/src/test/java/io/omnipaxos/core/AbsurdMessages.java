package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

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
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * Messages whose numbers are half of them fit to go on from where a replica is, so that
 * they get past its first looks, and half of them absurd.
 */
final class AbsurdMessages {

	private static final long[] ABSURD = { 0, 1, 2, 1L << 31, (1L << 32) + 1, MessageAdmission.MAX_NUMBER - 1,
			MessageAdmission.MAX_NUMBER, MessageAdmission.MAX_NUMBER + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE, -1,
			Long.MIN_VALUE };

	private final SplittableRandom random;

	private final OmniPaxos replica;

	private long peer = 2;

	/** What the replica has asked last. */
	private @Nullable FetchUndecided asked;

	private final List<Supplier<Message>> kinds = List.of(() -> new HeartbeatRequest(number(), number()),
			() -> new HeartbeatReply(session(), number(), ballot(), ballot(), flag(), index()),
			() -> new Prepare(ballot(), position()), () -> new Promise(ballot(), position()),
			() -> new NotAccepted(ballot(), ballot()), () -> new FetchUndecided(ballot(), position(), index()),
			this::undecidedPiece, () -> new AcceptSync(ballot(), position(), index(), entries(), index()),
			() -> new AcceptDecide(ballot(), index(), entries(), index()),
			() -> new Accepted(ballot(), index(), index(), flag()), () -> new CatchUp(ballot(), index(), node()),
			() -> new HandOver(ballot()), () -> new FetchDecided(index(), flag() ? snapshot() : null, number()),
			() -> new DecidedPiece(ballot(), index(), entries(), index()), this::snapshotPiece,
			() -> new NotAvailable(index(), index()), () -> new Propose(entries()),
			() -> new Expect(session(), number()), () -> new BarrierRequest(session(), number()),
			() -> new BarrierAnswer(session(), number(), index()), () -> new ReadProbe(ballot(), number()),
			() -> new ReadAck(ballot(), number()), () -> new TrimLog(ballot(), index()),
			() -> new TakeSnapshot(index()));

	AbsurdMessages(SplittableRandom random, OmniPaxos replica) {
		this.random = random;
		this.replica = replica;
	}

	/** Takes note of what the replica says. */
	void hear(List<Envelope> said) {
		for (Envelope envelope : said) {
			this.asked = (envelope.message() instanceof FetchUndecided fetch) ? fetch : this.asked;
		}
	}

	/** Returns the next one, or {@code null} if not even a message can be made of it. */
	@Nullable Envelope next() {
		try {
			this.peer = 2 + this.random.nextInt(2);
			return new Envelope(new NodeId(this.peer), SingleReplica.SELF, 1, message());
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			return null;
		}
	}

	private Message message() {
		return this.kinds.get(this.random.nextInt(this.kinds.size())).get();
	}

	private Message undecidedPiece() {
		FetchUndecided fetch = this.asked;
		return (fetch != null && flag()) ? new UndecidedPiece(fetch.ballot(), fetch.of(), fetch.from(), entries())
				: new UndecidedPiece(ballot(), position(), index(), entries());
	}

	private boolean flag() {
		return this.random.nextBoolean();
	}

	private long number() {
		return flag() ? this.random.nextLong(6) : ABSURD[this.random.nextInt(ABSURD.length)];
	}

	private long index() {
		LogIndexes now = this.replica.indexes();
		long[] fit = { now.decided(), now.accepted(), now.compacted() };
		long near = fit[this.random.nextInt(fit.length)] + this.random.nextInt(-1, 3);
		return (this.random.nextInt(4) > 0) ? near : number();
	}

	private long session() {
		return flag() ? this.replica.session() + this.random.nextInt(2) : number();
	}

	private Ballot ballot() {
		Ballot promise = this.replica.status().promise();
		return switch (this.random.nextInt(8)) {
			case 0, 1, 2, 4 -> promise;
			case 5 -> new Ballot(1, promise.n() + 1, 0, new NodeId(this.peer));
			case 3 -> new Ballot(1, promise.n() + this.random.nextInt(3), 0, node());
			case 6 -> Ballot.NONE;
			default -> new Ballot(this.random.nextInt(3), number(), flag() ? 0 : Integer.MAX_VALUE, node());
		};
	}

	private NodeId node() {
		return new NodeId(flag() ? this.random.nextLong(4) : number());
	}

	private LogPosition position() {
		ReplicaStatus now = this.replica.status();
		return flag() ? new LogPosition(now.acceptedRound(), now.indexes().accepted(), now.indexes().decided())
				: new LogPosition(ballot(), index(), index());
	}

	private SnapshotId snapshot() {
		return new SnapshotId(flag() ? 0 : index(), index());
	}

	private Message snapshotPiece() {
		Payload data = payload();
		long offset = flag() ? 0 : number();
		long size = flag() ? data.size() : number();
		List<ProposalId> sessions = new ArrayList<>();
		for (ProposalId id = proposal(); sessions.size() < 3 && flag(); id = proposal()) {
			sessions.add(id);
		}
		return new SnapshotPiece(ballot(), index(), snapshot(), size, offset, data, SessionTable.of(sessions));
	}

	private List<Entry> entries() {
		List<Entry> entries = new ArrayList<>();
		while (entries.size() < 6 && this.random.nextInt(4) > 0) {
			boolean command = this.random.nextInt(30) > 0;
			entries.add(command ? new Entry.Command(proposal(), payload())
					: new Entry.StopSign(proposal(), ClusterConfig.of(1 + this.random.nextInt(2), 1, 2, 9), payload()));
		}
		return entries;
	}

	private ProposalId proposal() {
		return new ProposalId(flag() ? new NodeId(this.peer) : node(), session(),
				flag() ? 1 + this.random.nextInt(3) : number());
	}

	private Payload payload() {
		return Payload.of(new byte[this.random.nextInt(40)]);
	}

}
