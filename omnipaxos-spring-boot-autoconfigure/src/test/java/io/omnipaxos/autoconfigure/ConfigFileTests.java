package io.omnipaxos.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.LocalNetwork;
import io.omnipaxos.node.OmniPaxosConfig;
import io.omnipaxos.node.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** The file of the tutorial beside the properties: each setting is said in one place. */
class ConfigFileTests {

	private static final String MINIMAL = """
			[cluster_config]
			configuration_id = 1
			nodes = [1, 2, 3]

			[server_config]
			pid = 2
			""";

	@TempDir
	private Path directory;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OmniPaxosAutoConfiguration.class))
		.withBean(Transport.class, () -> new LocalNetwork().transport());

	@Test
	void whatTheFileLeavesOutIsAsWithoutAFile() throws IOException {
		this.contextRunner
			.withPropertyValues("omnipaxos.server.pid=2", "omnipaxos.cluster.nodes=1,2,3",
					"omnipaxos.tick-interval=20ms")
			.run((context) -> {
				OmniPaxosConfig withoutFile = context.getBean(OmniPaxosConfig.class);
				withFile(MINIMAL).withPropertyValues("omnipaxos.tick-interval=20ms")
					.run((other) -> assertThat(other.getBean(OmniPaxosConfig.class)).isEqualTo(withoutFile));
			});
	}

	@Test
	void theElectionTimeoutIsHalfASecondUnlessTheFileSaysOtherwise() throws IOException {
		withFile(MINIMAL).run((context) -> assertThat(context.getBean(OmniPaxosConfig.class).server())
			.isEqualTo(ServerConfig.of(new NodeId(2)).withElectionTickTimeout(50).withFlushBatchTickTimeout(1)));
	}

	@Test
	void whatTheFileSaysIsCountedInTicks() throws IOException {
		String ticks = """
				election_tick_timeout = 20
				resend_message_tick_timeout = 30
				flush_batch_tick_timeout = 40
				buffer_size = 50
				batch_size = 60
				leader_priority = 7
				""";
		withFile(MINIMAL + ticks).run((context) -> assertThat(context.getBean(OmniPaxosConfig.class).server())
			.isEqualTo(ServerConfig.of(new NodeId(2))
				.withElectionTickTimeout(20)
				.withResendMessageTickTimeout(30)
				.withFlushBatchTickTimeout(40)
				.withBufferSize(50)
				.withBatchSize(60)
				.withLeaderPriority(7)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "omnipaxos.election-timeout=1s", "omnipaxos.cluster.nodes=2",
			"omnipaxos.cluster.flexible-quorum.read-quorum-size=2;"
					+ "omnipaxos.cluster.flexible-quorum.write-quorum-size=2" })
	void nothingOfItIsSaidByAPropertyToo(String settings) throws IOException {
		withFile(MINIMAL).withPropertyValues(settings.split(";"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (failure) -> {
					assertThat(settings).startsWith(failure.getName() + "=");
					assertThat(failure.getReason()).contains("must not be set beside 'omnipaxos.config-file'");
				}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "election_tick_timeout", "resend_message_tick_timeout", "flush_batch_tick_timeout" })
	void refusesMoreTicksThanATimeMayHave(String key) throws IOException {
		withFile(MINIMAL + key + " = 360000").run((context) -> assertThat(context).hasNotFailed());
		withFile(MINIMAL + key + " = 360001").run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (failure) -> {
				assertThat(failure.getName()).isEqualTo("omnipaxos.config-file");
				assertThat(failure.getReason()).contains("'%s', 360001 ticks of PT0.01S".formatted(key),
						"not exceed 1h");
			}));
	}

	private ApplicationContextRunner withFile(String content) throws IOException {
		Path file = Files.writeString(this.directory.resolve("node.toml"), content);
		return this.contextRunner.withPropertyValues("omnipaxos.config-file=" + file);
	}

}
