package io.omnipaxos.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.omnipaxos.core.Limits;
import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.FlexibleQuorum;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.OmniPaxosConfig;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Makes a node's configuration of the properties, or of the file that they name.
 */
final class NodeConfigFactory {

	/** What a configuration file says, so that nothing else may. */
	private static final List<String> SAID_BY_FILE = List.of("omnipaxos.server.pid", "omnipaxos.server.leader-priority",
			"omnipaxos.cluster.configuration-id", "omnipaxos.cluster.nodes", "omnipaxos.cluster.nodes[0]",
			"omnipaxos.cluster.flexible-quorum.read-quorum-size", "omnipaxos.cluster.flexible-quorum.write-quorum-size",
			"omnipaxos.election-timeout", "omnipaxos.resend-timeout", "omnipaxos.flush-timeout", "omnipaxos.batch-size",
			"omnipaxos.buffer-size");

	private final OmniPaxosProperties properties;

	private final Environment environment;

	NodeConfigFactory(OmniPaxosProperties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
	}

	OmniPaxosConfig create() {
		Path file = this.properties.configFile();
		return (file != null) ? fromFile(file) : fromProperties(this.properties.server().pid());
	}

	private OmniPaxosConfig fromFile(Path file) {
		for (String property : SAID_BY_FILE) {
			if (this.environment.containsProperty(property)) {
				throw new InvalidConfigurationPropertyValueException(property, this.environment.getProperty(property),
						"must not be set beside 'omnipaxos.config-file': say it in %s, or remove the file"
							.formatted(file));
			}
		}
		OmniPaxosConfig config = OmniPaxosConfig.fromToml(file, this::server);
		ServerConfig server = config.server();
		checkTicks(file, "election_tick_timeout", server.electionTickTimeout());
		checkTicks(file, "resend_message_tick_timeout", server.resendMessageTickTimeout());
		checkTicks(file, "flush_batch_tick_timeout", server.flushBatchTickTimeout());
		return config;
	}

	private void checkTicks(Path file, String key, int ticks) {
		Duration tick = this.properties.tickInterval();
		if (tick.multipliedBy(ticks).compareTo(OmniPaxosProperties.LONGEST_TIME) > 0) {
			throw new InvalidConfigurationPropertyValueException("omnipaxos.config-file", file,
					"must name a file whose '%s', %d ticks of %s, does not exceed %dh".formatted(key, ticks, tick,
							OmniPaxosProperties.LONGEST_TIME.toHours()));
		}
	}

	private OmniPaxosConfig fromProperties(@Nullable Long pid) {
		if (pid == null) {
			throw new InvalidConfigurationPropertyValueException("omnipaxos.server.pid", null,
					"must be set to the pid of this server");
		}
		OmniPaxosProperties.Cluster cluster = this.properties.cluster();
		return new OmniPaxosConfig(cluster(cluster.configurationId(), cluster.nodes(), cluster.flexibleQuorum()),
				server(new NodeId(pid)));
	}

	private ServerConfig server(NodeId pid) {
		return ServerConfig.of(pid)
			.withElectionTickTimeout(ticks(this.properties.electionTimeout()))
			.withResendMessageTickTimeout(ticks(this.properties.resendTimeout()))
			.withFlushBatchTickTimeout(ticks(this.properties.flushTimeout()))
			.withBufferSize(this.properties.bufferSize())
			.withBatchSize(this.properties.batchSize())
			.withLeaderPriority(this.properties.server().leaderPriority())
			.withLimits(limits(this.properties.limits()));
	}

	private int ticks(Duration time) {
		long tick = this.properties.tickInterval().toNanos();
		return Math.toIntExact((time.toNanos() + tick - 1) / tick);
	}

	/**
	 * Makes the configuration of a cluster.
	 * @throws IllegalArgumentException if its parts contradict each other
	 */
	static ClusterConfig cluster(int configurationId, List<Long> pids,
			OmniPaxosProperties.Cluster.@Nullable FlexibleQuorum quorum) {
		return new ClusterConfig(configurationId, pids.stream().map(NodeId::new).toList(),
				(quorum != null) ? new FlexibleQuorum(quorum.readQuorumSize(), quorum.writeQuorumSize()) : null);
	}

	static Limits limits(OmniPaxosProperties.Limits limits) {
		return new Limits((int) limits.maxEntrySize().toBytes(), limits.maxPending().toBytes(),
				limits.maxUndecided().toBytes(), (int) limits.maxPiece().toBytes(), limits.window().toBytes(),
				limits.cache().toBytes());
	}

}
