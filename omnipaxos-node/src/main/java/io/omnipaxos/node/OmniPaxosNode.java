package io.omnipaxos.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;

import io.omnipaxos.core.storage.StorageFactory;
import org.jspecify.annotations.Nullable;

/**
 * One server of a cluster: its logs, at work. Thread-safe.
 * <p>
 * The logs of a node are independent of each other: each has its own leader, its own
 * thread and its own storage, and when one fails the others go on. A node is started once
 * and stopped once.
 */
public final class OmniPaxosNode implements AutoCloseable {

	private static final Duration DEFAULT_HAND_OVER_TIMEOUT = Duration.ofSeconds(2);

	private final OmniPaxosConfig config;

	private final String clusterName;

	private final Transport transport;

	private final Map<String, DefaultReplicatedLog<?>> logs = new LinkedHashMap<>();

	private final NodeRuntime runtime;

	private OmniPaxosNode(Builder builder, StorageFactory storage) {
		this.config = builder.config;
		this.clusterName = builder.clusterName;
		this.transport = builder.transport;
		builder.types.values()
			.forEach((type) -> this.logs.put(type.name(), new DefaultReplicatedLog<>(type, this.config)));
		this.runtime = new NodeRuntime(this, storage, new TickSource(builder.tickInterval, builder.scheduler),
				builder.listeners);
	}

	/** Begins to describe a node. */
	public static Builder builder(OmniPaxosConfig config) {
		return new Builder(config);
	}

	/**
	 * Opens the storages, starts the transport, and then a replica for each log.
	 * @throws IllegalStateException if the node was started before, or its cluster has
	 * several nodes and it has no transport
	 * @throws io.omnipaxos.core.storage.StorageException if a storage can't be opened, or
	 * was used in another configuration; nothing is left running then
	 */
	public void start() {
		this.runtime.start();
	}

	/** Returns what describes this node. */
	public OmniPaxosConfig config() {
		return this.config;
	}

	/** Returns the name of the cluster, the same on all of its nodes. */
	public String clusterName() {
		return this.clusterName;
	}

	/**
	 * Returns a log. It may be asked for before the node is started, and followed;
	 * appends and reads are refused until then.
	 * @param type type that the builder was given; told from others by its name
	 * @param <T> type of the entries
	 * @return log
	 * @throws IllegalArgumentException if this node has no such log
	 */
	@SuppressWarnings("unchecked")
	public <T> ReplicatedLog<T> log(EntryType<T> type) {
		return (ReplicatedLog<T>) find(type.name());
	}

	/** Returns all logs, in the order in which the builder was given them. */
	public Collection<ReplicatedLog<?>> logs() {
		return Collections.unmodifiableCollection(this.logs.values());
	}

	Collection<DefaultReplicatedLog<?>> replicatedLogs() {
		return this.logs.values();
	}

	private DefaultReplicatedLog<?> find(String name) {
		DefaultReplicatedLog<?> log = this.logs.get(name);
		if (log == null) {
			throw new IllegalArgumentException("This node has no log %s, but %s".formatted(name, this.logs.keySet()));
		}
		return log;
	}

	/**
	 * Returns why the replica of a log stopped by itself, or {@code null} while it runs.
	 */
	public @Nullable Throwable failure(String log) {
		Replica replica = find(log).replica();
		return (replica != null) ? replica.view().failure() : null;
	}

	/** Returns counters and timings of a log's replica; all zero before the start. */
	public ReplicaMetrics metrics(String log) {
		Replica replica = find(log).replica();
		return (replica != null) ? replica.metrics() : ReplicaMetrics.NOTHING;
	}

	/**
	 * Returns for how long a write to a log's storage has been under way, zero if none
	 * is. A long one means that the disk or the database does not answer: the log stands
	 * still on this node until it does.
	 */
	public Duration writing(String log) {
		Replica replica = find(log).replica();
		return (replica != null) ? replica.view().writing() : Duration.ZERO;
	}

	/**
	 * Returns for how long a log's thread has been held up, zero for no more than the
	 * {@link #tolerance() tolerance}: by a callback or a listener that waits, by a
	 * storage that does not answer, or as the scheduler brings no ticks. The log stands
	 * still on this node meanwhile, and its {@link ReplicatedLog#status() status} is that
	 * of a replica which hears nobody.
	 */
	public Duration heldUp(String log) {
		Replica replica = find(log).replica();
		return (replica != null) ? replica.view().heldUp() : Duration.ZERO;
	}

	/**
	 * Returns for how long a log may stand still on this node before it is
	 * {@link #heldUp(String) held up}, and the node not healthy: six election timeouts.
	 */
	public Duration tolerance() {
		return this.runtime.tolerance();
	}

	/** Returns the transport, to look at. */
	public Transport transport() {
		return this.transport;
	}

	/**
	 * Stops this node without harm to its callers: refuses appends and read barriers,
	 * hands leadership over, lets what is under way be answered and the subscriptions see
	 * it, then ends the transport and the replicas and closes the storages. The storage
	 * factory and a scheduler that the builder was given stay open. A node that has not
	 * been started can't be any more, and its subscriptions end. Does nothing a second
	 * time.
	 * @param handOverTimeout how long to wait for the others; after that, this node stops
	 * in any case, as soon as its storages have done what they are at. A log that has not
	 * ended ten seconds later, as its storage does not answer or a callback does not
	 * return, is left behind on its daemon threads, and its storage is closed if it ends
	 * @throws IllegalStateException if called on the thread of a replica, as by a
	 * {@link NodeListener} or a callback of an append
	 */
	public void stop(Duration handOverTimeout) {
		this.runtime.stop(handOverTimeout);
	}

	/** Stops this node; waits two seconds for the others at most. */
	@Override
	public void close() {
		stop(DEFAULT_HAND_OVER_TIMEOUT);
	}

	/**
	 * Describes a node. Not thread-safe.
	 */
	public static final class Builder {

		private final OmniPaxosConfig config;

		private final Map<String, EntryType<?>> types = new LinkedHashMap<>();

		private final List<NodeListener> listeners = new ArrayList<>();

		private String clusterName = "omnipaxos";

		private Duration tickInterval = Duration.ofMillis(10);

		private Transport transport = new NoTransport();

		private @Nullable StorageFactory storage;

		private @Nullable ScheduledExecutorService scheduler;

		private Builder(OmniPaxosConfig config) {
			this.config = config;
		}

		/** Names the cluster; {@code omnipaxos} if not called. */
		public Builder clusterName(String name) {
			this.clusterName = name;
			return this;
		}

		/** Says where the logs are kept. Required. */
		public Builder storage(StorageFactory factory) {
			this.storage = factory;
			return this;
		}

		/** Says how nodes talk. Required for a cluster of more than one node. */
		public Builder transport(Transport carrier) {
			this.transport = carrier;
			return this;
		}

		/**
		 * Sets how long a tick is, which all timeouts of the configuration are counted
		 * in; ten milliseconds if not called.
		 */
		public Builder tickInterval(Duration interval) {
			if (interval.isNegative() || interval.isZero()) {
				throw new IllegalArgumentException("The tick interval must be positive, not " + interval);
			}
			this.tickInterval = interval;
			return this;
		}

		/** Sets where ticks come from; a thread of the node's own if not called. */
		public Builder scheduler(ScheduledExecutorService executor) {
			this.scheduler = executor;
			return this;
		}

		/** Adds a log. */
		public Builder log(EntryType<?> type) {
			if (this.types.putIfAbsent(type.name(), type) != null) {
				throw new IllegalArgumentException("There are two logs of the name " + type.name());
			}
			return this;
		}

		/** Adds someone who hears what happens to the logs. */
		public Builder listener(NodeListener listener) {
			this.listeners.add(listener);
			return this;
		}

		/** Creates the node, which is to be started. */
		public OmniPaxosNode build() {
			return new OmniPaxosNode(this,
					Objects.requireNonNull(this.storage, "A node needs a storage: give the builder one"));
		}

	}

}
