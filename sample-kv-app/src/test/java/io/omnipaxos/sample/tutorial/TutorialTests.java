package io.omnipaxos.sample.tutorial;

import java.time.Duration;
import java.util.Optional;

import io.omnipaxos.core.LogEntry;
import io.omnipaxos.node.ReplicatedLog;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the application of the README with the configuration of the README, except that
 * the cluster is this one node.
 */
class TutorialTests {

	@Test
	void whatWasWrittenIsReadAndIsThereAfterARestart() {
		try (ConfigurableApplicationContext context = start()) {
			KeyValueStore store = context.getBean(KeyValueStore.class);
			assertThat(store.put("a", 1)).succeedsWithin(Duration.ofSeconds(20));
			assertThat(store.put("a", 2)).succeedsWithin(Duration.ofSeconds(20));
			assertThat(store.get("a")).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(Optional.of(2L));
			assertThat(log(context).snapshot(false)).succeedsWithin(Duration.ofSeconds(20));
			assertThat(log(context).read(0)).containsInstanceOf(LogEntry.Snapshotted.class);
		}
		try (ConfigurableApplicationContext context = start()) {
			assertThat(context.getBean(KeyValueStore.class).get("a")).succeedsWithin(Duration.ofSeconds(20))
				.isEqualTo(Optional.of(2L));
		}
	}

	@SuppressWarnings("unchecked")
	private static ReplicatedLog<KeyValue> log(ConfigurableApplicationContext context) {
		return context.getBean(ReplicatedLog.class);
	}

	private static ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(TutorialApplication.class).run("--spring.config.name=tutorial",
				"--server.port=0", "--omnipaxos.server.pid=1", "--omnipaxos.cluster.nodes=1",
				"--spring.datasource.url=jdbc:h2:mem:tutorial;DB_CLOSE_DELAY=-1");
	}

}
