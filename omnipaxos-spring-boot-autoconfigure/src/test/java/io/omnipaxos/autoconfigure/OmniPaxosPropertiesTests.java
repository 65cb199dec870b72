package io.omnipaxos.autoconfigure;

import java.util.List;

import io.omnipaxos.autoconfigure.http.OmniPaxosHttpTransportAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.assertj.ApplicationContextAssertProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** What makes no sense is refused, by the name of the property and with what to do. */
class OmniPaxosPropertiesTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OmniPaxosAutoConfiguration.class))
		.withPropertyValues("omnipaxos.server.pid=1", "omnipaxos.cluster.nodes=1");

	private final WebApplicationContextRunner webContextRunner = new WebApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(OmniPaxosAutoConfiguration.class, OmniPaxosHttpTransportAutoConfiguration.class))
		.withPropertyValues("omnipaxos.server.pid=1", "omnipaxos.cluster.nodes=1");

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			omnipaxos.server.pid=9 | omnipaxos.server.pid | give this server one of their pids
			omnipaxos.server.pid=0 | omnipaxos.server.pid | must be a positive number
			omnipaxos.cluster.nodes= | omnipaxos.cluster.nodes | must list the pids of all nodes
			omnipaxos.cluster.nodes=1, | omnipaxos.cluster.nodes | after its commas
			omnipaxos.cluster.nodes=1,,2 | omnipaxos.cluster.nodes | between
			omnipaxos.cluster.nodes=1,1 | omnipaxos.cluster | twice
			omnipaxos.cluster.nodes=1,-2 | omnipaxos.cluster.nodes | positive
			omnipaxos.cluster.name=a b | omnipaxos.cluster.name | letters
			omnipaxos.cluster.configuration-id=0 | omnipaxos.cluster.configuration-id | positive
			omnipaxos.server.leader-priority=-1 | omnipaxos.server.leader-priority | negative
			omnipaxos.tick-interval=0 | omnipaxos.tick-interval | millisecond
			omnipaxos.election-timeout=1ms | omnipaxos.election-timeout | tick
			omnipaxos.resend-timeout=1ms | omnipaxos.resend-timeout | tick
			omnipaxos.flush-timeout=0 | omnipaxos.flush-timeout | positive
			omnipaxos.batch-size=0 | omnipaxos.batch-size | at least 1
			omnipaxos.buffer-size=0 | omnipaxos.buffer-size | at least 1
			omnipaxos.limits.max-entry-size=2GB | omnipaxos.limits.max-entry-size | 1GB
			omnipaxos.limits.max-entry-size=1GB | omnipaxos.limits.max-entry-size | must not exceed 515807KB
			omnipaxos.limits.max-undecided=1GB | omnipaxos.limits.max-undecided | must not exceed 1045951KB
			omnipaxos.limits.max-piece=1GB | omnipaxos.limits.max-piece | must not exceed 1030079KB
			omnipaxos.limits.window=0 | omnipaxos.limits.window | positive
			omnipaxos.limits.cache=-1 | omnipaxos.limits.cache | negative
			omnipaxos.peers.2=kv-2:8080 | omnipaxos.peers.2 | http://kv-2:8080
			omnipaxos.peers.2=http://kv_2:8080 | omnipaxos.peers.2 | without an underscore
			omnipaxos.peers.2=http://kv-2:port | omnipaxos.peers.2 | a port number
			omnipaxos.shutdown.hand-over-timeout=-1s | omnipaxos.shutdown.hand-over-timeout | negative
			""")
	void refusesWhatMakesNoSense(String setting, String property, String reason) {
		assertRefuses(property, reason, setting);
	}

	/** Some of these overflow once they are counted in nanoseconds, or four times. */
	@ParameterizedTest
	@CsvSource({ "omnipaxos.tick-interval, 1h", "omnipaxos.election-timeout, 1h", "omnipaxos.resend-timeout, 1h",
			"omnipaxos.flush-timeout, 1h", "omnipaxos.shutdown.hand-over-timeout, 1h",
			"omnipaxos.transport.max-clock-skew, 24h", "omnipaxos.transport.connect-timeout, 24h",
			"omnipaxos.transport.answer-timeout, 24h", "omnipaxos.transport.silence-timeout, 24h",
			"omnipaxos.transport.close-timeout, 24h", "omnipaxos.transport.reconnect.min-backoff, 24h",
			"omnipaxos.transport.reconnect.max-backoff, 24h" })
	void refusesTimesThatAreTooLong(String property, String longest) {
		for (String time : List.of("25h", "30000d", "200000d")) {
			this.webContextRunner.withPropertyValues(property + "=" + time)
				.run((context) -> assertRefused(context, property, "and not exceed " + longest));
		}
		String others = "omnipaxos.tick-interval=1h,omnipaxos.election-timeout=1h,omnipaxos.resend-timeout=1h,"
				+ "omnipaxos.transport.reconnect.max-backoff=24h";
		this.webContextRunner.withPropertyValues(others.split(","))
			.withPropertyValues(property + "=" + longest)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void refusesQuorumsThatMakeNoSense() {
		String read = "omnipaxos.cluster.flexible-quorum.read-quorum-size";
		String write = "omnipaxos.cluster.flexible-quorum.write-quorum-size";
		assertRefuses(write, "must be set beside 'read-quorum-size', or neither", read + "=1");
		assertRefuses(read, "must be set beside 'write-quorum-size', or neither", write + "=1");
		assertRefuses("omnipaxos.cluster", "write quorum", read + "=1", write + "=0");
	}

	/** It is as long as a secret, and no secret: it is in the configuration. */
	@ParameterizedTest
	@ValueSource(strings = { "secret", "second-secret" })
	void refusesAPlaceholderForASecret(String name) {
		String property = "omnipaxos.transport." + name;
		this.webContextRunner.withPropertyValues(property + "=${KV_CLUSTER_SHARED_PEER_SECRET}")
			.run((context) -> assertRefused(context, property, "set the variable or property that it names"));
		this.webContextRunner
			.withPropertyValues("omnipaxos.transport.secret=what every node of this cluster knew",
					property + "=${KV_CLUSTER_SHARED_PEER_SECRET}",
					"KV_CLUSTER_SHARED_PEER_SECRET=what every node of this cluster knows")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private void assertRefuses(String property, String reason, String... settings) {
		this.contextRunner.withPropertyValues(settings).run((context) -> assertRefused(context, property, reason));
	}

	private static void assertRefused(ApplicationContextAssertProvider<?> context, String property, String reason) {
		assertThat(context).getFailure()
			.rootCause()
			.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (failure) -> {
				assertThat(failure.getName()).isEqualTo(property);
				assertThat(failure.getReason()).contains(reason);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "omnipaxos.limits.max-entry-size=515807KB", "omnipaxos.limits.max-undecided=1045951KB",
			"omnipaxos.limits.max-piece=1030079KB" })
	void takesWhatFitsTheLongestFrameOfPeerStreams(String setting) {
		this.webContextRunner
			.withPropertyValues(setting, "omnipaxos.transport.max-frame-size=1GB", "omnipaxos.transport.max-queued=1GB")
			.run((context) -> assertThat(context).hasNotFailed());
	}

}
