package io.omnipaxos.node;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.omnipaxos.core.LogEntry;
import io.omnipaxos.core.LogIndexes;
import io.omnipaxos.core.LogSealedException;
import io.omnipaxos.core.OverloadedException;
import io.omnipaxos.core.ReplicaStatus;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;

/**
 * A log that every node of the cluster agrees on, as one node sees it.
 * <p>
 * All methods may be called from any thread. Those that return a future never block; the
 * future completes on the log's own thread, so a callback that waits must move elsewhere
 * (to wait there for the same log is to wait for ever). Those that return entries read
 * from the storage in the caller's thread; they throw {@link ReplicaStoppedException}
 * while this node's replica is not running, {@link IllegalArgumentException} when the
 * codec can't decode an entry, and {@link io.omnipaxos.core.storage.StorageException}
 * when the storage can't read it.
 *
 * @param <T> type of the entries
 */
public interface ReplicatedLog<T> {

	/** Returns the name of the log, the same on every node. */
	String name();

	/**
	 * Appends an entry and completes once the cluster has decided it.
	 * <p>
	 * The entry is decided exactly once, and after every entry that was appended before
	 * it on this node. <b>Giving up proves nothing:</b> a caller that stops waiting (a
	 * timeout of its own, a crash) cannot know whether the entry is decided later.
	 * <p>
	 * Source: {@code OmniPaxos::append} of the Rust library, which promises neither.
	 * @param entry entry to append
	 * @return future of where the entry stands; fails with {@link OverloadedException},
	 * {@link LogSealedException} or {@link ReplicaStoppedException} when the entry was
	 * certainly not appended, with {@link OutcomeUnknownException} when this node can't
	 * tell, mostly as it stopped first
	 * @throws IllegalArgumentException if the encoded entry is larger than the limit
	 */
	CompletableFuture<Appended> append(T entry);

	/**
	 * Appends entries as consecutive proposals of this node. Either all are proposed or
	 * none; other nodes' entries may come to stand between them.
	 * @param entries entries to append
	 * @return future of where they stand, in their order; fails as for {@link #append},
	 * and with {@link PartlyAppendedException} when the log was sealed after the first of
	 * them
	 * @throws IllegalArgumentException if an encoded entry is larger than the limit, or
	 * all of them together than what may be pending
	 */
	CompletableFuture<List<Appended>> appendAll(List<T> entries);

	/**
	 * Proposes to end this configuration and names the next. Nothing is decided after it.
	 * @param next configuration that follows; its id must be higher
	 * @param metadata whatever shall be decided along with it
	 * @return future of where the stop-sign stands, failing as for {@link #append}, and
	 * with {@link IllegalArgumentException} when the configuration can't follow this one
	 * or the metadata is larger than the limit
	 */
	CompletableFuture<Appended> reconfigure(ClusterConfig next, byte[] metadata);

	/**
	 * Reads the entry at an index.
	 * @return what stands there, or nothing when the log is not that long
	 */
	Optional<LogEntry<T>> read(long index);

	/**
	 * Reads the entries {@code [from, to)}, all of them into memory. What was compacted
	 * comes first, as one element, or as two where a trimmed part is followed by a
	 * snapshot.
	 * @return entries, or nothing when the range does not lie in the log
	 */
	Optional<List<LogEntry<T>>> read(long from, long to);

	/**
	 * Reads everything decided from an index on.
	 * @return entries, or nothing when that index lies beyond the decided prefix
	 */
	Optional<List<LogEntry<T>>> readDecidedSuffix(long from);

	/** Returns how far this node's log is, as it is stored: what can be read. */
	LogIndexes indexes();

	/**
	 * Completes with an index below which every append lies that had completed, on any
	 * node, before this was called; this node has decided that much by then. Costs one
	 * exchange between the leader and its followers, shared by barriers asked together,
	 * and no entry.
	 * @return future of the index; fails with {@link ReplicaStoppedException}, or with
	 * {@link OverloadedException} when too many wait already
	 */
	CompletableFuture<Long> readBarrier();

	/**
	 * Completes once this node has decided at least {@code length} entries.
	 * @param length the index that a write returned, plus one, to read that write
	 * @return future of the decided index then; fails with
	 * {@link ReplicaStoppedException}, or with {@link OverloadedException} when too many
	 * wait already
	 */
	CompletableFuture<Long> awaitDecided(long length);

	/**
	 * Hands every decided entry from an index on to a listener, in order, each once, on a
	 * thread of its own. May be called before the node is started.
	 * @param from first index wanted
	 * @param listener what to call
	 * @return subscription, to be closed when no longer wanted
	 */
	Subscription follow(long from, LogListener<T> listener);

	/**
	 * Drops the entries below {@code index} on every node. Only the leader may, and only
	 * what every node has durably decided, which may take a resend timeout longer than
	 * deciding it, however far a snapshot of its own reaches. A node that the order does
	 * not reach drops them at the next trim; one that is giving its snapshot to another
	 * waits as in {@link #snapshot}.
	 * @return future that completes when this node has dropped them; fails with
	 * {@link io.omnipaxos.core.CompactionException}, or with
	 * {@link ReplicaStoppedException} when this node stopped first, and they may be
	 * dropped or not
	 */
	CompletableFuture<Void> trim(long index);

	/** Drops everything that every node has durably decided by then. */
	CompletableFuture<Void> trim();

	/**
	 * Folds the decided entries below {@code index} into a snapshot. Only what this node
	 * has durably decided, which may take a resend timeout longer than deciding it.
	 * <p>
	 * A node that is giving its former snapshot to another waits until that has it, and
	 * what followed by then, or has made no progress for three resend timeouts. It does
	 * not wait for those who began after this was asked for.
	 * @param localOnly whether only this node does, or all of them
	 * @return future that completes when this node has; fails with
	 * {@link io.omnipaxos.core.CompactionException}, with {@link ReplicaStoppedException}
	 * when this node stopped first, and it may be made or not, and with whatever the
	 * snapshotter throws
	 */
	CompletableFuture<Void> snapshot(long index, boolean localOnly);

	/** Folds everything that is decided on this node by then into a snapshot. */
	CompletableFuture<Void> snapshot(boolean localOnly);

	/** Returns the leader as this node knows it. */
	Optional<NodeId> leader();

	/** Tries to make this node the leader. May fail, as others may try too. */
	void tryBecomeLeader();

	/**
	 * Changes this node's preference to lead, which leads to an election if it matters.
	 */
	void setPriority(int priority);

	/** Tells the log that a connection to a peer is back. A node does so by itself. */
	void reconnected(NodeId peer);

	/**
	 * Returns one consistent look at this node's replica, at most a tick old. While the
	 * log's thread is held up, this becomes that of a replica which hears nobody.
	 */
	ReplicaStatus status();

}
