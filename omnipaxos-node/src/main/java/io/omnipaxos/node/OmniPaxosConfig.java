package io.omnipaxos.node;

import java.nio.file.Path;

import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.ClusterConfig;

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

	/** Reads the configuration file of the Rust library's tutorial. */
	public static OmniPaxosConfig fromToml(Path file) {
		throw new UnsupportedOperationException();
	}

}
