package io.omnipaxos.node.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
import io.omnipaxos.core.model.FlexibleQuorum;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;

/** At least one of every message, with every field different and some at their limits. */
final class MessageSamples {

	private static final NodeId N1 = new NodeId(1);

	private static final NodeId N2 = new NodeId(7_000_000_000L);

	private static final Ballot BALLOT = new Ballot(1, 42, 3, N1);

	private static final Ballot HIGHEST = new Ballot(Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE,
			new NodeId(Long.MAX_VALUE));

	private static final LogPosition POSITION = new LogPosition(HIGHEST, 1_000_000, 65_536);

	private static final SnapshotId SNAPSHOT = new SnapshotId(3, 4000);

	private static final SessionTable SESSIONS = new SessionTable(
			List.of(new ProposalId(N1, 2, 900), new ProposalId(N2, 5, 1)));

	private MessageSamples() {
	}

	static List<Message> all() {
		return Stream.of(election(), prepare(), accept(), catchUp(), others()).flatMap(List::stream).toList();
	}

	static Envelope envelope(Message message) {
		return new Envelope(N1, N2, 12, message);
	}

	/**
	 * Runs of two proposers, a hole in the numbers, an empty command, both stop-signs.
	 */
	static List<Entry> entries() {
		List<Entry> entries = new ArrayList<>();
		entries.add(command(N1, 4, 17, "seventeen"));
		entries.add(command(N1, 4, 18, ""));
		entries.add(command(N1, 4, 20, "twenty"));
		entries.add(command(N1, 5, 21, "later"));
		entries.add(command(N2, 5, 22, "other"));
		entries.add(new Entry.StopSign(new ProposalId(N2, 5, 23), ClusterConfig.of(2, 1, 5, 9), Payload.ofText("why")));
		entries.add(new Entry.StopSign(new ProposalId(N1, 1, 1),
				new ClusterConfig(3, List.of(N1, N2, new NodeId(3), new NodeId(4)), new FlexibleQuorum(3, 2)),
				Payload.EMPTY));
		return entries;
	}

	private static Entry command(NodeId pid, long session, long seq, String text) {
		return new Entry.Command(new ProposalId(pid, session, seq), Payload.ofText(text));
	}

	private static List<Message> election() {
		return List.of(new HeartbeatRequest(3, 99), new HeartbeatReply(3, 99, BALLOT, HIGHEST, true, 12),
				new HeartbeatReply(0, 0, Ballot.NONE, Ballot.NONE, false, 0));
	}

	private static List<Message> prepare() {
		return List.of(new Prepare(BALLOT, POSITION), new Promise(HIGHEST, new LogPosition(Ballot.NONE, 0, 0)),
				new NotAccepted(BALLOT, HIGHEST), new FetchUndecided(BALLOT, POSITION, 70_000),
				new UndecidedPiece(BALLOT, POSITION, 70_000, entries()));
	}

	private static List<Message> accept() {
		return List.of(new AcceptSync(BALLOT, POSITION, 65_536, entries(), 65_530),
				new AcceptDecide(BALLOT, 1_000_000_000_000L, entries(), Long.MAX_VALUE),
				new AcceptDecide(BALLOT, 0, List.of(), 0), new Accepted(BALLOT, 9, 8, true),
				new Accepted(BALLOT, 9, 8, false), new CatchUp(BALLOT, 77, N2), new HandOver(BALLOT));
	}

	private static List<Message> catchUp() {
		return List.of(new FetchDecided(5, null, 0), new FetchDecided(5, SNAPSHOT, 1024),
				new DecidedPiece(BALLOT, 5, entries(), 90), new SnapshotPiece(BALLOT, 5, SNAPSHOT, 1L << 40, 1L << 20,
						Payload.of(new byte[] { 0, -1, 127, -128 }), SESSIONS),
				new NotAvailable(5, 90));
	}

	private static List<Message> others() {
		return List.of(new Propose(entries()), new Expect(0, 1), new BarrierRequest(4, 10),
				new BarrierAnswer(4, 10, 1234), new ReadProbe(BALLOT, 6), new ReadAck(BALLOT, 6),
				new TrimLog(BALLOT, 1000), new TakeSnapshot(2000));
	}

}
