package io.omnipaxos.test.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.omnipaxos.core.Effects;
import io.omnipaxos.core.Notice;
import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.test.simulation.WholeContentFolder;

/**
 * One replica whose peers are the test: messages go in by hand, and what comes out is
 * kept. Its disk is fast.
 */
public final class ReplicaUnderTest {

	private final NodeId self;

	private final OmniPaxos core;

	private final Storage storage;

	private final List<Envelope> sent = new ArrayList<>();

	private final List<Notice> notices = new ArrayList<>();

	/** Starts a replica on a storage. */
	public ReplicaUnderTest(ClusterConfig cluster, NodeId self, Storage storage) {
		this.self = self;
		this.storage = storage;
		ServerConfig server = ServerConfig.of(self).withResendMessageTickTimeout(2);
		this.core = new OmniPaxos(cluster, server, storage, new WholeContentFolder(0));
		drain();
		settle();
	}

	/** Returns the replica itself. */
	public OmniPaxos core() {
		return this.core;
	}

	/** Gives an input and lets the replica do everything that follows. */
	public void give(Consumer<OmniPaxos> input) {
		input.accept(this.core);
		settle();
	}

	/** Delivers a message of the same configuration. */
	public void receive(NodeId from, Message message) {
		give((replica) -> replica.onMessage(new Envelope(from, this.self, 1, message)));
	}

	private void settle() {
		while (this.core.hasEffects()) {
			drain();
		}
	}

	private void drain() {
		Effects effects = this.core.drain();
		this.sent.addAll(effects.messages());
		this.notices.addAll(effects.notices());
		if (!effects.writes().isEmpty()) {
			this.storage.write(effects.writes());
		}
		this.core.written();
		effects.readings().forEach((reading) -> reading.read(this.storage).ifPresent(this.sent::add));
	}

	/** Returns what was sent to a peer since the last {@link #forget()}, of one kind. */
	public <M extends Message> List<M> sent(NodeId to, Class<M> kind) {
		return this.sent.stream()
			.filter((envelope) -> envelope.to().equals(to) && kind.isInstance(envelope.message()))
			.map((envelope) -> kind.cast(envelope.message()))
			.toList();
	}

	/** Returns the notices since the last {@link #forget()}. */
	public List<Notice> notices() {
		return this.notices;
	}

	/** Forgets what was sent and told so far. */
	public void forget() {
		this.sent.clear();
		this.notices.clear();
	}

	/** Returns an entry that node 1 proposed as its {@code seq}-th in its first life. */
	public static Entry entry(long seq, String text) {
		return new Entry.Command(new ProposalId(new NodeId(1), 1, seq), Payload.ofText(text));
	}

	/** Returns entries that node 1 proposed, each its number from one on. */
	public static List<Entry> entries(int from, int to) {
		return Scenario.numbers(from, to).stream().map((text) -> entry(Long.parseLong(text), text)).toList();
	}

	/** Returns the session table of node 1's first {@code seq} proposals. */
	public static SessionTable sessions(long seq) {
		ProposalId last = new ProposalId(new NodeId(1), 1, seq);
		return new SessionTable(List.of(last));
	}

	/** Writes a log as if it had been accepted and decided in a ballot. */
	public static void prepare(Storage storage, Ballot ballot, List<Entry> entries, long decided) {
		storage.write(List.of(new StorageOp.SetPromise(ballot), new StorageOp.SetAcceptedRound(ballot),
				new StorageOp.Append(0, entries), new StorageOp.SetDecided(decided,
						(decided > 0) ? sessions(entries.get((int) decided - 1).id().seq()) : SessionTable.EMPTY)));
	}

}
