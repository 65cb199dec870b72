package io.omnipaxos.starter;

import java.time.Duration;

import io.omnipaxos.autoconfigure.ReplicatedEntry;
import io.omnipaxos.core.LogEntry;
import io.omnipaxos.node.Appended;
import io.omnipaxos.node.ReplicatedLog;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The starter alone is enough for a log: no web server, no database, no actuator is on
 * the class path of this test.
 */
class StarterTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void aClusterOfOneNeedsTheStarterAndNothingElse() {
		for (String optional : new String[] { "jakarta.servlet.Servlet",
				"org.springframework.boot.jdbc.init.DatabaseInitializationProperties",
				"org.springframework.boot.actuate.endpoint.annotation.Endpoint",
				"io.micrometer.core.instrument.MeterRegistry", "org.springframework.boot.health.contributor.Health" }) {
			assertThat(ClassUtils.isPresent(optional, null)).as(optional).isFalse();
		}
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.properties("omnipaxos.server.pid=1", "omnipaxos.cluster.nodes=1", "omnipaxos.election-timeout=50ms")
			.run()) {
			ReplicatedLog<KeyValue> log = context
				.<ReplicatedLog<KeyValue>>getBeanProvider(
						ResolvableType.forClassWithGenerics(ReplicatedLog.class, KeyValue.class))
				.getObject();

			assertThat(log.append(new KeyValue("a", 1))).succeedsWithin(PATIENCE).isEqualTo(new Appended(0));
			assertThat(log.read(0)).hasValue(new LogEntry.Decided<>(0, new KeyValue("a", 1)));
		}
	}

	@ReplicatedEntry
	record KeyValue(String key, long value) {

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

}
