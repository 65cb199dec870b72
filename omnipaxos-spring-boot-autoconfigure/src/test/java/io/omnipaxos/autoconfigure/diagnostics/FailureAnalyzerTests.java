package io.omnipaxos.autoconfigure.diagnostics;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import io.omnipaxos.node.EntryType;
import io.omnipaxos.node.ReplicatedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** Whoever starts an application wrongly reads what is wrong, and what to type. */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalyzerTests {

	private static final Map<String, Object> ALONE = Map.of("omnipaxos.server.pid", 1, "omnipaxos.cluster.nodes", "1",
			"spring.datasource.generate-unique-name", true, "omnipaxos.storage.type", "memory");

	@Test
	void pidThatIsNotAmongTheNodes(CapturedOutput output) {
		assertFails("omnipaxos.server.pid", 9);
		assertThat(output).contains("APPLICATION FAILED TO START", "The property 'omnipaxos.server.pid' can't be '9'.",
				"It must be one of the nodes of the cluster, [1]: give this server one of their pids");
	}

	@Test
	void addressOfAPeerThatIsMissing(CapturedOutput output) {
		assertFailsOnTheWeb("omnipaxos.cluster.nodes", "1,2");
		assertThat(output).contains("APPLICATION FAILED TO START", "The property 'omnipaxos.peers.2' is not set.",
				"It must be the address of the web server of n2");
	}

	@Test
	void frameLimitThatIsTooLow(CapturedOutput output) {
		assertFailsOnTheWeb("omnipaxos.transport.max-frame-size", "1MB");
		assertThat(output).contains("APPLICATION FAILED TO START", "omnipaxos.transport.max-frame-size",
				"must be at least");
	}

	@Test
	void fileThatCanNotBeRead(CapturedOutput output, @TempDir Path directory) {
		Path file = directory.resolve("missing.toml");
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
				.run("--omnipaxos.config-file=" + file));
		assertThat(output).contains("APPLICATION FAILED TO START", file + " that 'omnipaxos.config-file' names");
	}

	@Test
	void peersWithoutAWebServer(CapturedOutput output) {
		assertFails("omnipaxos.cluster.nodes", "1,2,3");
		assertThat(output).contains("APPLICATION FAILED TO START", "This node has the peers [n2, n3]",
				"spring-boot-starter-web");
	}

	@Test
	void tablesThatAreMissing(CapturedOutput output) {
		assertFails("omnipaxos.storage.type", "jdbc", "omnipaxos.storage.jdbc.initialize-schema", "never");
		assertThat(output).contains("APPLICATION FAILED TO START", "The storage of this node can't be opened",
				"Set 'omnipaxos.storage.jdbc.initialize-schema' to 'always'");
	}

	@Test
	void storageOfAnotherNode(CapturedOutput output, @TempDir Path directory) {
		String[] database = { "spring.datasource.url", "jdbc:h2:file:" + directory.resolve("db"),
				"omnipaxos.storage.type", "jdbc", "omnipaxos.storage.jdbc.initialize-schema", "always" };
		run(WebApplicationType.NONE, (Object[]) database).close();

		assertThatException().isThrownBy(() -> run(WebApplicationType.NONE, database[0], database[1], database[2],
				database[3], "omnipaxos.server.pid", 2, "omnipaxos.cluster.nodes", "2"));

		assertThat(output).contains("APPLICATION FAILED TO START",
				"configured as cluster omnipaxos, node n2, but its storage was written by cluster omnipaxos, node n1",
				"Never copy the storage of one node to start another");
	}

	@Test
	void logThatWasUsedWithOtherNodes(CapturedOutput output, @TempDir Path directory) {
		Object[] alone = { "spring.datasource.url", "jdbc:h2:file:" + directory.resolve("db"), "omnipaxos.storage.type",
				"jdbc", "omnipaxos.storage.jdbc.initialize-schema", "always", "spring.main.sources",
				OneLog.class.getName() };
		appendOne(alone);
		Object[] amongThree = Stream
			.concat(Stream.of(alone), Stream.of("omnipaxos.cluster.nodes", "1,2,3", "omnipaxos.peers.2",
					"http://127.0.0.1:1", "omnipaxos.peers.3", "http://127.0.0.1:1"))
			.toArray();

		assertFailsOnTheWeb(amongThree);

		assertThat(output).contains("APPLICATION FAILED TO START",
				"configured for configuration 1 of {1, 2, 3}, but its log was used in configuration 1 of {1}",
				"which can lose decided entries", "'omnipaxos.cluster.nodes', 'omnipaxos.cluster.flexible-quorum'",
				"'omnipaxos.cluster.configuration-id'", "a new 'omnipaxos.cluster.name' and with new storage");
		appendOne(alone);
	}

	private static void appendOne(Object... properties) {
		try (ConfigurableApplicationContext node = run(WebApplicationType.NONE, properties)) {
			assertThat(node.getBean(OneLog.class).log.append("one")).succeedsWithin(Duration.ofSeconds(20));
		}
	}

	@Test
	void storageThatIsOpenElsewhere(CapturedOutput output, @TempDir Path directory) {
		Object[] rocks = { "omnipaxos.storage.type", "rocksdb", "omnipaxos.storage.rocksdb.path", directory };
		try (ConfigurableApplicationContext first = run(WebApplicationType.NONE, rocks)) {
			assertThat(first.isRunning()).isTrue();
			assertFails(rocks);
		}
		assertThat(output).contains("APPLICATION FAILED TO START", "The storage of this node can't be opened",
				"If another process has the storage open, stop it first");
	}

	@Test
	void logOfAnApplicationThatIsNoNode(CapturedOutput output) {
		assertThatException().isThrownBy(
				() -> new SpringApplicationBuilder(Application.class, NeedsLog.class).web(WebApplicationType.NONE)
					.properties("spring.datasource.generate-unique-name=true")
					.run());
		assertThat(output).contains("APPLICATION FAILED TO START", "does not say which node it is",
				"omnipaxos.server.pid");
	}

	@Test
	void logOfATypeThatIsNotAnnotated(CapturedOutput output) {
		assertThatException().isThrownBy(
				() -> new SpringApplicationBuilder(Application.class, NeedsLog.class).web(WebApplicationType.NONE)
					.properties(ALONE)
					.run());
		assertThat(output).contains("APPLICATION FAILED TO START", "There is no log of the type java.lang.String",
				"@ReplicatedEntry");
	}

	private static void assertFails(Object... properties) {
		assertThatException().isThrownBy(() -> run(WebApplicationType.NONE, properties));
	}

	private static void assertFailsOnTheWeb(Object... properties) {
		assertThatException().isThrownBy(() -> run(WebApplicationType.SERVLET, properties));
	}

	private static ConfigurableApplicationContext run(WebApplicationType web, Object... properties) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class).web(web)
			.properties(ALONE)
			.properties("server.port=0", "server.address=127.0.0.1");
		for (int i = 0; i < properties.length; i += 2) {
			application.properties(Map.of(String.valueOf(properties[i]), properties[i + 1]));
		}
		return application.run();
	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsLog {

		NeedsLog(ReplicatedLog<String> log) {
			throw new IllegalStateException("There is a log after all: " + log);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneLog {

		final ReplicatedLog<String> log;

		OneLog(ReplicatedLog<String> log) {
			this.log = log;
		}

		@Bean
		static EntryType<String> words() {
			return EntryType.of(String.class);
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

}
