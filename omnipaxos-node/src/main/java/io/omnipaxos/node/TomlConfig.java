package io.omnipaxos.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.FlexibleQuorum;
import io.omnipaxos.core.model.NodeId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * Reads a configuration as the Rust library writes it in TOML.
 */
final class TomlConfig {

	private final Path file;

	private final Function<NodeId, ServerConfig> defaults;

	private TomlConfig(Path file, Function<NodeId, ServerConfig> defaults) {
		this.file = file;
		this.defaults = defaults;
	}

	static OmniPaxosConfig read(Path file, Function<NodeId, ServerConfig> defaults) {
		return new TomlConfig(file, defaults).read();
	}

	private OmniPaxosConfig read() {
		TomlTable root = TomlTable.root(this.file, parse());
		root.allowOnly("cluster_config", "server_config");
		TomlTable cluster = root.table("cluster_config");
		TomlTable server = root.table("server_config");
		try {
			return new OmniPaxosConfig(readCluster(cluster), readServer(server));
		}
		catch (IllegalArgumentException ex) {
			throw new ConfigFileException(this.file, null, "%s".formatted(ex.getMessage()), "Correct the file", ex);
		}
	}

	private JsonNode parse() {
		if (!Files.isReadable(this.file)) {
			throw new ConfigFileException(this.file, null, "the file does not exist or can't be read",
					"Check its path and its permissions", null);
		}
		try {
			return TomlMapper.shared().readTree(this.file);
		}
		catch (JacksonException ex) {
			throw new ConfigFileException(this.file, null, "the file is not TOML: line %d, %s"
				.formatted(ex.getLocation().getLineNr(), ex.getOriginalMessage()), "Correct that line", ex);
		}
	}

	private static ClusterConfig readCluster(TomlTable cluster) {
		cluster.allowOnly("configuration_id", "nodes", "flexible_quorum");
		return new ClusterConfig(cluster.required("configuration_id"), cluster.pids("nodes"), readQuorum(cluster));
	}

	private static @Nullable FlexibleQuorum readQuorum(TomlTable cluster) {
		TomlTable quorum = cluster.optionalTable("flexible_quorum");
		if (quorum == null) {
			return null;
		}
		quorum.allowOnly("read_quorum_size", "write_quorum_size");
		return new FlexibleQuorum(quorum.required("read_quorum_size"), quorum.required("write_quorum_size"));
	}

	private ServerConfig readServer(TomlTable server) {
		server.allowOnly("pid", "election_tick_timeout", "resend_message_tick_timeout", "flush_batch_tick_timeout",
				"buffer_size", "batch_size", "leader_priority", "logger_file_path");
		// Where the Rust library writes its log; ours goes wherever SLF4J is told to.
		server.allowText("logger_file_path");
		NodeId pid = server.pid("pid");
		ServerConfig unsaid = this.defaults.apply(pid);
		return new ServerConfig(pid, server.optional("election_tick_timeout", unsaid.electionTickTimeout()),
				server.optional("resend_message_tick_timeout", unsaid.resendMessageTickTimeout()),
				server.optional("flush_batch_tick_timeout", unsaid.flushBatchTickTimeout()),
				server.optional("buffer_size", unsaid.bufferSize()), server.optional("batch_size", unsaid.batchSize()),
				server.optional("leader_priority", unsaid.leaderPriority()), unsaid.limits());
	}

}
