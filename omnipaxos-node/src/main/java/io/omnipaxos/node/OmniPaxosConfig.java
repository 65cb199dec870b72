package io.omnipaxos.node;

import java.nio.file.Path;
import java.util.function.Function;

import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;

/**
 * Everything that describes one server of a cluster: what all servers share, and what is
 * its own.
 *
 * @param cluster settings that are the same on every server
 * @param server settings of this server
 */
public record OmniPaxosConfig(ClusterConfig cluster, ServerConfig server) {

	public OmniPaxosConfig {
		if (!cluster.nodes().contains(server.pid())) {
			throw new IllegalArgumentException(
					"The pid %d is not among the nodes of %s".formatted(server.pid().value(), cluster));
		}
	}

	/**
	 * Reads a configuration file of the Rust library, as its tutorial shows it: the
	 * tables {@code cluster_config} and {@code server_config} with that library's keys
	 * and defaults. {@code logger_file_path} is accepted and has no effect.
	 * @param file file in TOML
	 * @return configuration, with default {@linkplain ServerConfig#limits() limits}
	 * @throws ConfigFileException if the file can't be read, holds a key that is not
	 * known or a value that is not allowed
	 */
	public static OmniPaxosConfig fromToml(Path file) {
		return fromToml(file, ServerConfig::of);
	}

	/**
	 * Reads a configuration file of the Rust library, with other defaults than that
	 * library's.
	 * @param file file in TOML
	 * @param defaults settings of a server of which the file says nothing
	 * @return configuration
	 * @throws ConfigFileException if the file can't be read, holds a key that is not
	 * known or a value that is not allowed
	 */
	public static OmniPaxosConfig fromToml(Path file, Function<NodeId, ServerConfig> defaults) {
		return TomlConfig.read(file, defaults);
	}

}
