package io.omnipaxos.autoconfigure;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.omnipaxos.core.storage.MemoryStorageFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties for an OmniPaxos node.
 *
 * @param configFile Configuration file of the Rust library's tutorial, in TOML. Takes the
 * place of the properties for the nodes, the server, the timeouts, the batch size and the
 * buffer size, whose defaults stand for what it leaves out.
 * @param cluster Cluster that this node belongs to.
 * @param server Server that this node is.
 * @param peers Address of the web server of each peer, by pid. With its context path, if
 * it has one.
 * @param tickInterval Time between two ticks of the protocol's clock.
 * @param electionTimeout Length of a heartbeat round, in which a leader that fell silent
 * is noticed. Rounded up to whole ticks.
 * @param resendTimeout Time after which a message is taken for lost. Rounded up to whole
 * ticks.
 * @param flushTimeout Time after which an incomplete batch is replicated. Rounded up to
 * whole ticks.
 * @param batchSize Entries that a leader gathers before it replicates them.
 * @param bufferSize Messages that may wait for one peer.
 * @param limits Bounds of everything that could grow.
 * @param storage Where the logs are kept.
 * @param shutdown How the node stops.
 * @since 0.1.0
 */
@ConfigurationProperties("omnipaxos")
public record OmniPaxosProperties(@Nullable Path configFile, @DefaultValue Cluster cluster, @DefaultValue Server server,
		@DefaultValue Map<Long, URI> peers, @DefaultValue("10ms") Duration tickInterval,
		@DefaultValue("500ms") Duration electionTimeout, @DefaultValue("1s") Duration resendTimeout,
		@DefaultValue("10ms") Duration flushTimeout, @DefaultValue("1") int batchSize,
		@DefaultValue("100000") int bufferSize, @DefaultValue Limits limits, @DefaultValue Storage storage,
		@DefaultValue Shutdown shutdown) {

	static final Duration LONGEST_TIME = Duration.ofHours(1);

	public OmniPaxosProperties {
		peers = Map.copyOf(peers);
		checkTime("tick-interval", tickInterval, Duration.ofMillis(1), "be at least one millisecond");
		checkTime("election-timeout", electionTimeout, tickInterval, "span at least one tick of " + tickInterval);
		checkTime("resend-timeout", resendTimeout, tickInterval, "span at least one tick of " + tickInterval);
		checkTime("flush-timeout", flushTimeout, Duration.ofNanos(1), "be positive");
		check(batchSize > 0, "batch-size", batchSize, "must be at least 1, which is no batching");
		check(bufferSize > 0, "buffer-size", bufferSize, "must be at least 1");
		LongestMessage.check(limits);
		if (configFile == null && server.pid() != null) {
			checkMembership(cluster, server.pid());
		}
		for (Map.Entry<Long, URI> peer : peers.entrySet()) {
			checkAddress(peer.getKey(), peer.getValue());
		}
	}

	private static void checkMembership(Cluster cluster, long pid) {
		check(!cluster.nodes().isEmpty(), "cluster.nodes", cluster.nodes(),
				("must list the pids of all nodes of the cluster, such as 1,2,3; or only %d for a cluster of one, to"
						+ " which none can be added later")
					.formatted(pid));
		check(cluster.nodes().contains(pid), "server.pid", pid,
				("must be one of the nodes of the cluster, %s: give this server one of their pids; nodes can't be"
						+ " added to a cluster that has been in use")
					.formatted(cluster.nodes()));
	}

	private static void checkAddress(long pid, URI address) {
		boolean readable = address.getHost() != null || address.getAuthority() == null;
		check(readable, "peers." + pid, address,
				("must have a host name of letters, digits, dots and hyphens, without an underscore, and a port number,"
						+ " such as http://kv-%d:8080")
					.formatted(pid));
		boolean usable = address.getHost() != null
				&& ("http".equals(address.getScheme()) || "https".equals(address.getScheme()));
		check(usable, "peers." + pid, address,
				"must be the address of that node's web server, such as http://kv-%d:8080".formatted(pid));
	}

	private static void checkTime(String property, Duration time, Duration shortest, String rule) {
		check(time.compareTo(shortest) >= 0 && time.compareTo(LONGEST_TIME) <= 0, property, time,
				"must %s and not exceed %dh".formatted(rule, LONGEST_TIME.toHours()));
	}

	private static void check(boolean holds, String property, @Nullable Object value, String rule) {
		if (!holds) {
			throw new InvalidConfigurationPropertyValueException("omnipaxos." + property, value, rule);
		}
	}

	/**
	 * Cluster that a node belongs to.
	 *
	 * @param name Name of the cluster, the same on every node. Nodes of another cluster
	 * are refused.
	 * @param configurationId Number of the cluster's configuration, the same on every
	 * node. A log that has been in use keeps the one that it had.
	 * @param nodes Pids of all nodes of the cluster, this one included, the same on every
	 * node. A log that has been in use keeps those that it had.
	 * @param flexibleQuorum Sizes of the quorums where majorities are not wanted.
	 */
	public record Cluster(@DefaultValue("omnipaxos") String name, @DefaultValue("1") int configurationId,
			@DefaultValue List<Long> nodes, @Nullable FlexibleQuorum flexibleQuorum) {

		public Cluster {
			// What is empty between two commas, or after the last one, is bound as null.
			check(nodes.stream().allMatch(Objects::nonNull), "cluster.nodes", nodes,
					"must have a pid before, between and after its commas, such as 1,2,3");
			nodes = List.copyOf(nodes);
			check(name.matches("[A-Za-z0-9._-]{1,64}"), "cluster.name", name,
					"must be 1 to 64 letters, digits, dots, underscores and hyphens");
			check(configurationId > 0, "cluster.configuration-id", configurationId, "must be positive");
			check(nodes.stream().allMatch((pid) -> pid > 0), "cluster.nodes", nodes, "must be positive numbers");
			if (!nodes.isEmpty()) {
				try {
					NodeConfigFactory.cluster(configurationId, nodes, flexibleQuorum);
				}
				catch (IllegalArgumentException ex) {
					throw new InvalidConfigurationPropertyValueException("omnipaxos.cluster", nodes,
							String.valueOf(ex.getMessage()));
				}
			}
		}

		/**
		 * Sizes of the quorums where majorities are not wanted.
		 *
		 * @param readQuorumSize Nodes that must promise before a leader leads. A
		 * majority, unless both sizes are set.
		 * @param writeQuorumSize Nodes that must accept before an entry is decided. A
		 * majority, unless both sizes are set.
		 */
		public record FlexibleQuorum(Integer readQuorumSize, Integer writeQuorumSize) {

			public FlexibleQuorum {
				checkSet("cluster.flexible-quorum.read-quorum-size", readQuorumSize, "write-quorum-size");
				checkSet("cluster.flexible-quorum.write-quorum-size", writeQuorumSize, "read-quorum-size");
			}

			private static void checkSet(String property, @Nullable Integer size, String other) {
				check(size != null, property, size, "must be set beside '%s', or neither".formatted(other));
			}

		}

	}

	/**
	 * Server that a node is.
	 *
	 * @param pid Identity of this server, one of the nodes of the cluster and never given
	 * to another. Setting it switches OmniPaxos on.
	 * @param leaderPriority Preference for this server to lead. Higher wins.
	 */
	public record Server(@Nullable Long pid, @DefaultValue("0") int leaderPriority) {

		public Server {
			check(pid == null || pid > 0, "server.pid", String.valueOf(pid), "must be a positive number");
			check(leaderPriority >= 0, "server.leader-priority", leaderPriority, "must not be negative");
		}

	}

	/**
	 * Bounds of everything that could grow.
	 *
	 * @param maxEntrySize Longest entry that may be appended, as its codec writes it.
	 * @param maxPending Entries appended on this node that may wait to be decided. Beyond
	 * that, appends are refused.
	 * @param maxUndecided Undecided entries beyond which a leader admits no more.
	 * @param maxPiece Entries or snapshot data in one message.
	 * @param window Entries that may be under way to one follower.
	 * @param cache Decided entries that are kept in memory for followers that are a
	 * little behind, no more than 8,192 of them.
	 */
	public record Limits(@DefaultValue("1MB") DataSize maxEntrySize, @DefaultValue("16MB") DataSize maxPending,
			@DefaultValue("16MB") DataSize maxUndecided, @DefaultValue("512KB") DataSize maxPiece,
			@DefaultValue("8MB") DataSize window, @DefaultValue("16MB") DataSize cache) {

		private static final DataSize LARGEST = DataSize.ofGigabytes(1);

		public Limits {
			checkSize("max-entry-size", maxEntrySize);
			checkSize("max-pending", maxPending);
			checkSize("max-undecided", maxUndecided);
			checkSize("max-piece", maxPiece);
			checkSize("window", window);
			check(!cache.isNegative(), "limits.cache", cache, "must not be negative");
		}

		private static void checkSize(String property, DataSize size) {
			check(size.toBytes() > 0 && size.compareTo(LARGEST) <= 0, "limits." + property, size,
					"must be positive and not exceed " + LARGEST.toGigabytes() + "GB");
		}

	}

	/**
	 * Where the logs are kept.
	 *
	 * @param type Kind of storage. By default, the database if the application has a
	 * single data source or says which is for the logs, else memory.
	 * @param memory Logs in memory.
	 */
	public record Storage(@Nullable Type type, @DefaultValue Memory memory) {

		/** Kinds of storage. */
		public enum Type {

			/** Lost when the process ends: for tests and for trying out. */
			MEMORY,

			/** A relational database, through the application's data source. */
			JDBC,

			/** A directory of files, with RocksDB. */
			ROCKSDB

		}

		/**
		 * Logs in memory.
		 *
		 * @param maxSize Entries that all logs may hold together before they take no more
		 * until they are trimmed or snapshotted. By default, a third of the heap.
		 */
		public record Memory(@Nullable DataSize maxSize) {

			public Memory {
				check(maxSize == null || maxSize.toBytes() > 0, "storage.memory.max-size", String.valueOf(maxSize),
						"must be positive");
			}

			/** Returns the bytes that {@link #maxSize} stands for. */
			public long maxBytes() {
				return (this.maxSize != null) ? this.maxSize.toBytes() : MemoryStorageFactory.defaultMaxBytes();
			}

		}

	}

	/**
	 * How the node stops.
	 *
	 * @param handOverTimeout Time that another node may take to become the leader when
	 * this one stops.
	 */
	public record Shutdown(@DefaultValue("2s") Duration handOverTimeout) {

		public Shutdown {
			checkTime("shutdown.hand-over-timeout", handOverTimeout, Duration.ZERO, "not be negative");
		}

	}

}
