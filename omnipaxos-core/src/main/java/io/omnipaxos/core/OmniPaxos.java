package io.omnipaxos.core;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageConfigurationException;
import io.omnipaxos.core.storage.StoredState;
import org.jspecify.annotations.Nullable;

/**
 * One log's replica on one node: Ballot Leader Election and Sequence Paxos as a
 * deterministic state machine.
 * <p>
 * Its owner puts in ticks, messages and requests, and then takes out what they led to:
 * {@link #drain()}, do what the {@link Effects} say, {@link #written()}, and again until
 * {@link #hasEffects()} says no. All inputs between two drains cost one write. Nothing
 * may be put in between {@link #drain()} and {@link #written()}, nor before the first
 * pair of them. Not thread-safe. Of no use after a failure that is not documented.
 * <p>
 * Source: {@code OmniPaxos} of the Rust library, whose public face this is.
 */
public final class OmniPaxos {

	private final Local local;

	private final Users users;

	private final Peers peers;

	private final Fetcher fetcher;

	private final SequencePaxos sequencePaxos;

	private final Heartbeats heartbeats;

	private final Compaction compaction;

	private final MessageDispatch dispatch;

	private final TickTimer resendTimer;

	private final Cycle cycle = new Cycle();

	/**
	 * Recovers a replica from its storage, or begins a new one.
	 * @param cluster configuration that the replica belongs to
	 * @param server settings of this node
	 * @param storage where the log is kept; the replica is its only user
	 * @param folder how entries are folded into snapshots, or {@code null} if not
	 * @throws IllegalArgumentException if the node is not one of the configuration
	 * @throws StorageConfigurationException if the storage has been used in another
	 * configuration
	 */
	public OmniPaxos(ClusterConfig cluster, ServerConfig server, Storage storage, @Nullable SnapshotFolder folder) {
		if (!cluster.nodes().contains(server.pid())) {
			throw new IllegalArgumentException("%s is not a node of %s".formatted(server.pid(), cluster));
		}
		StoredState stored = storage.load();
		ConfigurationCheck.mayGoOn(stored, cluster);
		long session = stored.session() + 1;
		Outbox outbox = new Outbox(server.pid(), cluster);
		this.local = new Local(cluster, server, new ReplicaLog(storage, stored, outbox), outbox);
		this.local.log().startSession(session, cluster);
		this.users = Users.of(this.local, session);
		this.peers = new Peers(this.local.peers());
		this.fetcher = new Fetcher(this.local, this.peers, this.users.delivery());
		this.sequencePaxos = new SequencePaxos(this.local, this.fetcher, this.users);
		this.heartbeats = new Heartbeats(this.local, this.peers, new BallotLeaderElection(this.local, session),
				this.fetcher, this.sequencePaxos);
		this.compaction = new Compaction(this.local, this.users.delivery(), folder);
		this.dispatch = new MessageDispatch(this.local, this.sequencePaxos, this.fetcher);
		this.dispatch.forElection(this.heartbeats);
		this.dispatch.forCompaction(this.compaction);
		this.resendTimer = new TickTimer(server.resendMessageTickTimeout());
	}

	/**
	 * Lets one tick of time pass: drives elections, resending, batches and compaction.
	 */
	public void tick() {
		this.cycle.input();
		this.dispatch.tick();
		this.sequencePaxos.role().tick();
		this.heartbeats.tick();
		if (this.resendTimer.tick()) {
			this.sequencePaxos.resend();
		}
		this.compaction.tick();
	}

	/**
	 * Takes a message. One that is not for this node, or comes from nobody it knows or
	 * from another configuration, is ignored; so is one that makes no sense, of which a
	 * {@link Notice.MessageRefused} tells.
	 * @param envelope message with its addresses
	 */
	public void onMessage(Envelope envelope) {
		this.cycle.input();
		boolean meant = envelope.to().equals(this.local.self())
				&& envelope.configurationId() == this.local.cluster().configurationId();
		if (meant && this.peers.contains(envelope.from()) && this.dispatch.admits(envelope)) {
			this.peers.heard(envelope.from());
			this.dispatch.dispatch(envelope.from(), envelope.message());
		}
	}

	/**
	 * Proposes an entry. It is decided exactly once, after every entry that was proposed
	 * here before it, unless a notice says otherwise.
	 * @param payload entry
	 * @return what tells the entry from every other, once it is decided
	 * @throws IllegalArgumentException if the entry is larger than the limit
	 * @throws OverloadedException if too much waits to be decided already
	 * @throws LogSealedException if the configuration has ended
	 */
	public ProposalId append(Payload payload) {
		return append(List.of(payload));
	}

	/**
	 * Proposes entries one after the other; all of them, or none.
	 * @param payloads entries, at least one
	 * @return proposal of the first; the others follow it in their sequence
	 * @see #append(Payload)
	 */
	public ProposalId append(List<Payload> payloads) {
		this.cycle.input();
		if (payloads.isEmpty()) {
			throw new IllegalArgumentException("There is nothing to append");
		}
		return this.users.proposals().propose(payloads);
	}

	/**
	 * Proposes to end this configuration.
	 * @param next configuration that follows; its id is higher
	 * @param metadata whatever is to be decided along with it
	 * @return what tells the stop-sign from every other entry
	 * @throws IllegalArgumentException if the next configuration is not a later one, or
	 * the metadata are larger than the limit of an entry
	 * @throws OverloadedException if too much waits to be decided already
	 * @throws LogSealedException if the configuration has ended
	 */
	public ProposalId reconfigure(ClusterConfig next, Payload metadata) {
		this.cycle.input();
		if (next.configurationId() <= this.local.cluster().configurationId()) {
			throw new IllegalArgumentException(
					"%s does not follow %s: its id must be higher".formatted(next, this.local.cluster()));
		}
		return this.users.proposals().proposeStopSign(next, metadata);
	}

	/**
	 * Asks for a read barrier: an index below which everything lies that had been decided
	 * anywhere, and reported, before now.
	 * @return its id; a {@link Notice.BarrierReached} names the highest reached
	 */
	public long readBarrier() {
		this.cycle.input();
		return this.users.barriers().ask();
	}

	/**
	 * Drops the entries below an index on every node, and the snapshot if it ends below.
	 * Waits while another node fetches that. A {@link Notice.Compacted} tells when this
	 * node has. Who misses the order, which is given once, trims with the next.
	 * @param index first index to keep, or {@code null} for all that may go
	 * @return first index to be kept
	 * @throws CompactionException if this node does not lead, or the index is out of
	 * reach
	 */
	public long trim(@Nullable Long index) {
		this.cycle.input();
		return this.compaction.trim(index, this.sequencePaxos.role());
	}

	/**
	 * Folds the entries below an index into the snapshot. Waits while another node
	 * fetches the former one. A {@link Notice.Compacted} tells when this node has.
	 * @param index first index to keep, or {@code null} for all that is decided
	 * @param localOnly whether the other nodes are left alone
	 * @return first index to be kept
	 * @throws CompactionException if there is no folder, or the index is out of reach
	 */
	public long snapshot(@Nullable Long index, boolean localOnly) {
		this.cycle.input();
		return this.compaction.snapshot(index, localOnly);
	}

	/**
	 * Tells that a connection to a peer is back, and what was under way on it is lost.
	 * @param peer peer that is reached again
	 */
	public void reconnected(NodeId peer) {
		this.cycle.input();
		this.heartbeats.election().reconnected(peer);
		this.sequencePaxos.role().reconnected(peer);
	}

	/**
	 * Tells that a connection to a peer is lost and could not be opened again. A leader
	 * then counts as not heard in this heartbeat round, unless
	 * {@link #reconnected(NodeId)} follows within it. A false alarm costs a moment.
	 * @param peer peer that is not reached any more
	 */
	public void disconnected(NodeId peer) {
		this.cycle.input();
		this.heartbeats.election().disconnected(peer);
	}

	/** Tries to become the leader, with a ballot above every one known here. */
	public void tryBecomeLeader() {
		this.cycle.input();
		this.heartbeats.takeOver();
	}

	/**
	 * Changes this node's preference to lead, which leads to an election if it matters.
	 * @param priority preference, not negative; higher wins
	 */
	public void setPriority(int priority) {
		this.cycle.input();
		this.heartbeats.election().setPriority(priority);
	}

	/**
	 * Asks the follower that has most of the log to take over, before this node stops.
	 * Does nothing on a node that does not lead.
	 * @return whether there was such a follower: one that is there, and in step
	 */
	public boolean handOver() {
		this.cycle.input();
		return this.sequencePaxos.handOver(this.peers::isConnected);
	}

	/**
	 * Takes out what everything that was put in has led to.
	 * @return what to do; {@link #written()} has to follow in any case
	 */
	public Effects drain() {
		this.compaction.keepUp();
		flush();
		this.sequencePaxos.role().announce();
		this.cycle.drained();
		return this.local.outbox().take(this.local.log().takeWrites());
	}

	/** Tells that the writes of the last {@link #drain()}, if any, are durable. */
	public void written() {
		boolean first = this.cycle.written();
		boolean logChanged = this.local.log().written();
		this.local.outbox().written();
		this.sequencePaxos.role().written();
		if (first) {
			this.heartbeats.election().startRound();
		}
		if (logChanged) {
			flush();
		}
	}

	/** Returns whether {@link #drain()} would bring anything. */
	public boolean hasEffects() {
		return this.cycle.hasInput() || !this.local.outbox().isEmpty() || this.local.log().hasWrites()
				|| this.sequencePaxos.role().hasToAnnounce();
	}

	private void flush() {
		RoleState role = this.sequencePaxos.role();
		this.users.flush(role);
		role.flush();
		this.sequencePaxos.reportLeader();
	}

	/** Returns the number of this node's life, which its proposals carry. */
	public long session() {
		return this.users.proposals().session();
	}

	/** Returns the leader that this node knows, itself included, or {@code null}. */
	public @Nullable NodeId leader() {
		return this.sequencePaxos.leader();
	}

	/** Returns how far the log is. */
	public LogIndexes indexes() {
		return this.local.log().indexes();
	}

	/** Returns how far what is stored is: what can be read now. */
	public LogIndexes durableIndexes() {
		return this.local.log().durableIndexes();
	}

	/** Returns one consistent look at this replica. */
	public ReplicaStatus status() {
		return new StatusReport(this.local, this.sequencePaxos, this.users.proposals(), this.peers, this.heartbeats,
				this.fetcher)
			.make();
	}

	/** Returns the kinds of messages that a replica handles: all of them. */
	Set<Class<? extends Message>> handledMessages() {
		return this.dispatch.handled();
	}

	/** As {@link LogReader#read(long)}: what was written. */
	public Optional<LogEntry<Payload>> read(long index) {
		return this.local.log().reader().read(index);
	}

	/** As {@link LogReader#read(long, long)}: what was written. */
	public Optional<List<LogEntry<Payload>>> read(long from, long to) {
		return this.local.log().reader().read(from, to);
	}

	/** As {@link LogReader#readDecidedSuffix(long)}: what was written. */
	public Optional<List<LogEntry<Payload>>> readDecidedSuffix(long from) {
		return this.local.log().reader().readDecidedSuffix(from);
	}

}
