package io.omnipaxos.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.omnipaxos.core.Limits;
import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.FlexibleQuorum;
import io.omnipaxos.core.model.NodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The configuration file of the Rust library works here, and one that does not says why.
 */
class TomlConfigTests {

	private static final String MINIMAL = """
			[cluster_config]
			configuration_id = 1
			nodes = [1, 2, 3]

			[server_config]
			pid = 3
			""";

	@TempDir
	private Path directory;

	/** Conformance 9. */
	@Test
	void everyKeyIsRead() throws IOException {
		OmniPaxosConfig config = OmniPaxosConfig.fromToml(file("""
				# every key of the Rust library
				[cluster_config]
				configuration_id = 1
				nodes = [1, 2, 3, 4, 5]
				flexible_quorum = { read_quorum_size = 4, write_quorum_size = 2 }

				[server_config]
				pid = 1
				election_tick_timeout = 10
				resend_message_tick_timeout = 100
				flush_batch_tick_timeout = 200
				buffer_size = 10000
				batch_size = 2
				logger_file_path = "logs/node.log"
				leader_priority = 2
				"""));
		ClusterConfig cluster = new ClusterConfig(1, ClusterConfig.of(1, 1, 2, 3, 4, 5).nodes(),
				new FlexibleQuorum(4, 2));
		assertThat(config.cluster()).isEqualTo(cluster);
		assertThat(config.server())
			.isEqualTo(new ServerConfig(new NodeId(1), 10, 100, 200, 10_000, 2, 2, Limits.DEFAULT));
	}

	/** Conformance 11. */
	@Test
	void whatIsNotSaidHasTheDefaultsOfTheRustLibrary() throws IOException {
		OmniPaxosConfig config = OmniPaxosConfig.fromToml(file(MINIMAL));
		assertThat(config.cluster()).isEqualTo(ClusterConfig.of(1, 1, 2, 3));
		assertThat(config.server())
			.isEqualTo(new ServerConfig(new NodeId(3), 1, 100, 200, 100_000, 1, 0, Limits.DEFAULT));
	}

	@Test
	void whatIsNotSaidMayHaveOtherDefaults() throws IOException {
		Path file = file(MINIMAL + "election_tick_timeout = 7\n");
		OmniPaxosConfig config = OmniPaxosConfig.fromToml(file,
				(pid) -> new ServerConfig(pid, 50, 60, 70, 80, 90, 4, new Limits(1, 2, 3, 4, 5, 6)));
		assertThat(config.server())
			.isEqualTo(new ServerConfig(new NodeId(3), 7, 60, 70, 80, 90, 4, new Limits(1, 2, 3, 4, 5, 6)));
	}

	@Test
	void aClusterOfOneIsACluster() throws IOException {
		OmniPaxosConfig config = OmniPaxosConfig
			.fromToml(file("cluster_config = { configuration_id = 1, nodes = [7] }\nserver_config.pid = 7"));
		assertThat(config.cluster().nodes()).containsExactly(new NodeId(7));
	}

	/** Conformance 11; a read quorum below the write quorum is refused, too. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					configuration_id = 1 | configuration_id = 0 | configuration id
					nodes = [1, 2, 3]    | nodes = []           | at least one node
					nodes = [1, 2, 3]    | nodes = [0, 3]       | pid must be positive
					nodes = [1, 2, 3]    | nodes = [3, 2, 3]    | stands twice
					nodes = [1, 2, 3]    | nodes = [1, 2]       | not among the nodes
					pid = 3              | pid = 0              | pid must be positive
					pid = 3              | pid = 4              | not among the nodes
					[server_config] | [server_config]%nelection_tick_timeout = 0      | election timeout
					[server_config] | [server_config]%nresend_message_tick_timeout = 0 | resend timeout
					[server_config] | [server_config]%nflush_batch_tick_timeout = 0   | flush timeout
					[server_config] | [server_config]%nbuffer_size = 0                | buffer size
					[server_config] | [server_config]%nbatch_size = 0                 | batch size
					[server_config] | flexible_quorum = { read_quorum_size = 2, write_quorum_size = 1 }%n[server_config] | quorum
					[server_config] | flexible_quorum = { read_quorum_size = 1, write_quorum_size = 3 }%n[server_config] | quorum
					[server_config] | flexible_quorum = { read_quorum_size = 4, write_quorum_size = 2 }%n[server_config] | quorum
					[server_config] | flexible_quorum = { read_quorum_size = 2, write_quorum_size = 4 }%n[server_config] | quorum
					[server_config] | flexible_quorum = { read_quorum_size = 2, write_quorum_size = 3 }%n[server_config] | quorum
					""")
	void aValueThatIsNotAllowedIsRefused(String instead, String value, String reason) throws IOException {
		Path file = file(MINIMAL.replace(instead, value.formatted()));
		assertThatExceptionOfType(ConfigFileException.class).isThrownBy(() -> OmniPaxosConfig.fromToml(file))
			.withMessageContaining(reason)
			.withMessageContaining(file.toString());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			pid = 3              | pid = "3"                 | server_config.pid
			pid = 3              | pid = 3.5                 | server_config.pid
			pid = 3              | pid = -3                  | server_config.pid
			pid = 3              | logger_file_path = "x"    | server_config.pid
			pid = 3              | pid = 3%nlogger_file_path = 1 | server_config.logger_file_path
			pid = 3              | pid = 3%nbatch_size = 5000000000 | server_config.batch_size
			pid = 3              | pid = 3%nelection_timeout = 5 | server_config.election_timeout
			nodes = [1, 2, 3]    | nodes = 3                 | cluster_config.nodes
			nodes = [1, 2, 3]    | nodes = [1, "2", 3]       | cluster_config.nodes
			nodes = [1, 2, 3]    | flexible_quorum = 3%nnodes = [1, 2, 3] | cluster_config.flexible_quorum
			configuration_id = 1 | id = 1                    | cluster_config.id
			[server_config]      | [server]                  | server
			""")
	void theKeyThatIsWrongIsNamed(String instead, String value, String key) throws IOException {
		Path file = file(MINIMAL.replace(instead, value.formatted()));
		assertThatExceptionOfType(ConfigFileException.class).isThrownBy(() -> OmniPaxosConfig.fromToml(file))
			.returns(key, ConfigFileException::key)
			.returns(file, ConfigFileException::file)
			.withMessageContaining("'%s'".formatted(key));
	}

	@Test
	void whatIsNotTomlNamesTheLine() throws IOException {
		Path file = file("[cluster_config]\nnodes = [1, 2\npid\n");
		assertThatExceptionOfType(ConfigFileException.class).isThrownBy(() -> OmniPaxosConfig.fromToml(file))
			.withMessageContaining("line 3");
	}

	@Test
	void aFileThatIsMissingIsNamed() {
		Path file = this.directory.resolve("nowhere.toml");
		assertThatExceptionOfType(ConfigFileException.class).isThrownBy(() -> OmniPaxosConfig.fromToml(file))
			.withMessageContaining("nowhere.toml")
			.withMessageContaining("does not exist");
	}

	private Path file(String content) throws IOException {
		return Files.writeString(this.directory.resolve("node.toml"), content);
	}

}
