package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorage;
import io.omnipaxos.core.storage.StorageOp;
import org.jspecify.annotations.Nullable;

/**
 * One replica whose peers are the test: it says what they say, and hears what they hear.
 */
final class SingleReplica {

	static final NodeId SELF = new NodeId(1);

	final MemoryStorage storage = new MemoryStorage();

	/** The same, as the replica sees it. */
	final ToldStorage disk = new ToldStorage(this.storage);

	final List<Envelope> sent = new ArrayList<>();

	final List<Notice> notices = new ArrayList<>();

	final List<List<StorageOp>> writes = new ArrayList<>();

	final ClusterConfig cluster;

	private final ServerConfig server;

	private final @Nullable SnapshotFolder folder;

	private OmniPaxos replica;

	SingleReplica(ClusterConfig cluster) {
		this(cluster, settings(), null);
	}

	SingleReplica(ClusterConfig cluster, ServerConfig server, @Nullable SnapshotFolder folder) {
		this.cluster = cluster;
		this.server = server;
		this.folder = folder;
		this.replica = new OmniPaxos(cluster, server, this.disk, folder);
		settle();
	}

	static ServerConfig settings() {
		return ServerConfig.of(SELF).withElectionTickTimeout(5).withResendMessageTickTimeout(10);
	}

	OmniPaxos replica() {
		return this.replica;
	}

	/** Forgets what was not written, and comes back. */
	void restart() {
		this.replica = new OmniPaxos(this.cluster, this.server, this.disk, this.folder);
		settle();
	}

	void tick(int ticks) {
		for (int i = 0; i < ticks; i++) {
			this.replica.tick();
			settle();
		}
	}

	void hear(long from, Message message) {
		this.replica.onMessage(new Envelope(new NodeId(from), SELF, this.cluster.configurationId(), message));
		settle();
	}

	/** Takes over a leader's log, of which some is decided. */
	void follow(Ballot ballot, List<Entry> entries, long decided) {
		LogPosition empty = new LogPosition(Ballot.NONE, 0, 0);
		long leader = ballot.pid().value();
		hear(leader, new Prepare(ballot, empty));
		hear(leader, new AcceptSync(ballot, empty, 0, entries, 0));
		hear(leader, new AcceptDecide(ballot, entries.size(), List.of(), decided));
	}

	/** Does what the replica wants done until it wants nothing more. */
	void settle() {
		while (this.replica.hasEffects()) {
			Effects effects = this.replica.drain();
			this.sent.addAll(effects.messages());
			this.notices.addAll(effects.notices());
			if (!effects.writes().isEmpty()) {
				this.writes.add(effects.writes());
				this.storage.write(effects.writes());
			}
			this.replica.written();
			effects.readings().forEach((reading) -> reading.read(this.storage).ifPresent(this.sent::add));
		}
	}

	/** Returns messages of a kind to a node, and forgets all that was sent. */
	<M extends Message> List<M> sentTo(long to, Class<M> kind) {
		List<M> found = this.sent.stream()
			.filter((envelope) -> envelope.to().equals(new NodeId(to)))
			.map(Envelope::message)
			.filter(kind::isInstance)
			.map(kind::cast)
			.toList();
		this.sent.clear();
		return found;
	}

	<N extends Notice> List<N> noticed(Class<N> kind) {
		return this.notices.stream().filter(kind::isInstance).map(kind::cast).toList();
	}

}
