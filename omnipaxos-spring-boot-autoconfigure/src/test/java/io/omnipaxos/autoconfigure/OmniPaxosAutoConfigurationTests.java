package io.omnipaxos.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import io.omnipaxos.autoconfigure.event.OmniPaxosEventAutoConfiguration;
import io.omnipaxos.autoconfigure.http.OmniPaxosHttpTransportAutoConfiguration;
import io.omnipaxos.autoconfigure.jdbc.OmniPaxosDataSourceScriptDatabaseInitializer;
import io.omnipaxos.autoconfigure.jdbc.OmniPaxosJdbcStorageAutoConfiguration;
import io.omnipaxos.autoconfigure.log.OmniPaxosLogAutoConfiguration;
import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.FlexibleQuorum;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.node.LocalNetwork;
import io.omnipaxos.node.OmniPaxosConfig;
import io.omnipaxos.node.OmniPaxosNode;
import io.omnipaxos.node.Transport;
import io.omnipaxos.storage.jdbc.JdbcStorageFactory;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class OmniPaxosAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OmniPaxosAutoConfiguration.class,
				OmniPaxosEventAutoConfiguration.class, OmniPaxosHttpTransportAutoConfiguration.class,
				OmniPaxosJdbcStorageAutoConfiguration.class, OmniPaxosLogAutoConfiguration.class));

	private final ApplicationContextRunner alone = this.contextRunner.withPropertyValues("omnipaxos.server.pid=1",
			"omnipaxos.cluster.nodes=1");

	@Test
	void backsOffWhenTheApplicationDoesNotNameItself() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(OmniPaxosNode.class)
			.doesNotHaveBean(StorageFactory.class));
	}

	@Test
	void keepsTheLogsInMemoryByDefault() {
		this.alone.run((context) -> assertThat(context).hasSingleBean(OmniPaxosNode.class)
			.getBean(StorageFactory.class)
			.isInstanceOf(MemoryStorageFactory.class));
	}

	@Test
	void saysNothingAboutMemoryInAClusterOfOne(CapturedOutput output) {
		this.alone.run((context) -> assertThat(output).doesNotContain("in memory only"));
	}

	@Test
	void warnsOfMemoryInAClusterOfSeveral(CapturedOutput output) {
		this.alone.withPropertyValues("omnipaxos.cluster.nodes=1,2,3")
			.withBean(Transport.class, () -> new LocalNetwork().transport())
			.run((context) -> assertThat(output).contains("kept in memory only"));
	}

	@Test
	void saysWhatToDoInsteadOfKeepingTheLogsInMemory(CapturedOutput output) {
		ApplicationContextRunner several = this.alone.withPropertyValues("omnipaxos.cluster.nodes=1,2,3")
			.withBean(Transport.class, () -> new LocalNetwork().transport());
		several.run((context) -> assertThat(output).contains("Add a data source, or set 'omnipaxos.storage.type'"));
		several.withPropertyValues("omnipaxos.storage.type=memory")
			.run((context) -> assertThat(output).contains("Set 'omnipaxos.storage.type' to another kind"));
		several.withBean("orders", DataSource.class, OmniPaxosAutoConfigurationTests::h2)
			.withBean("logs", DataSource.class, OmniPaxosAutoConfigurationTests::h2)
			.run((context) -> assertThat(output).contains("Which of the data sources [orders, logs] is for them",
					"annotate it with @OmniPaxosDataSource"));
	}

	@Test
	void keepsTheLogsInThePrimaryOneOfSeveralDataSources() {
		this.alone.withBean("orders", DataSource.class, OmniPaxosAutoConfigurationTests::h2)
			.withBean("logs", DataSource.class, OmniPaxosAutoConfigurationTests::h2,
					(definition) -> definition.setPrimary(true))
			.run((context) -> assertThat(context).hasSingleBean(JdbcStorageFactory.class)
				.hasSingleBean(StorageFactory.class));
	}

	private static DataSource h2() {
		JdbcDataSource database = new JdbcDataSource();
		database.setURL("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
		return database;
	}

	@Test
	void keepsTheLogsInTheDataSourceWhenThereIsOne() {
		this.alone.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
			.withPropertyValues("spring.datasource.generate-unique-name=true")
			.run((context) -> assertThat(context).hasSingleBean(JdbcStorageFactory.class)
				.hasSingleBean(OmniPaxosDataSourceScriptDatabaseInitializer.class)
				.hasSingleBean(StorageFactory.class));
	}

	@Test
	void keepsTheLogsInMemoryBesideADataSourceWhenAskedTo() {
		this.alone.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
			.withPropertyValues("spring.datasource.generate-unique-name=true", "omnipaxos.storage.type=memory")
			.run((context) -> assertThat(context).hasSingleBean(MemoryStorageFactory.class)
				.hasSingleBean(StorageFactory.class));
	}

	@Test
	void usesTheStorageOfTheApplicationWhenThereIsOne() {
		StorageFactory own = new MemoryStorageFactory("own", 0);
		this.alone.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
			.withPropertyValues("spring.datasource.generate-unique-name=true")
			.withBean("ownStorage", StorageFactory.class, () -> own)
			.run((context) -> assertThat(context).getBean(StorageFactory.class).isSameAs(own));
	}

	@Test
	void refusesADatabaseThatIsNotThere() {
		this.alone.withPropertyValues("omnipaxos.storage.type=jdbc")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("omnipaxos.storage.type"));
	}

	@Test
	void worksWithoutJdbcAndWithoutServlets() {
		this.alone
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.jdbc", "org.springframework.boot.sql",
					"jakarta.servlet"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(OmniPaxosNode.class));
	}

	@Test
	void refusesPeersWithoutAWebServer() {
		this.alone.withPropertyValues("omnipaxos.cluster.nodes=1,2,3")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(MissingTransportException.class));
	}

	@Test
	void mapsThePropertiesToTheConfiguration() {
		this.alone
			.withPropertyValues("omnipaxos.server.leader-priority=3", "omnipaxos.cluster.configuration-id=4",
					"omnipaxos.cluster.nodes=1,2,3,4", "omnipaxos.cluster.flexible-quorum.read-quorum-size=3",
					"omnipaxos.cluster.flexible-quorum.write-quorum-size=2", "omnipaxos.tick-interval=20ms",
					"omnipaxos.election-timeout=101ms", "omnipaxos.resend-timeout=2s", "omnipaxos.flush-timeout=1ms",
					"omnipaxos.batch-size=8", "omnipaxos.buffer-size=9", "omnipaxos.limits.max-entry-size=3KB")
			.withBean(Transport.class, () -> new LocalNetwork().transport())
			.run((context) -> {
				OmniPaxosConfig config = context.getBean(OmniPaxosConfig.class);
				assertThat(config.cluster()).isEqualTo(new ClusterConfig(4,
						List.of(new NodeId(1), new NodeId(2), new NodeId(3), new NodeId(4)), new FlexibleQuorum(3, 2)));
				assertThat(config.server()).returns(6, ServerConfig::electionTickTimeout)
					.returns(100, ServerConfig::resendMessageTickTimeout)
					.returns(1, ServerConfig::flushBatchTickTimeout)
					.returns(8, ServerConfig::batchSize)
					.returns(9, ServerConfig::bufferSize)
					.returns(3, ServerConfig::leaderPriority)
					.returns(3072, (server) -> server.limits().maxEntryBytes());
			});
	}

	@Test
	void readsTheTutorialsFile(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("node.toml"), """
				[cluster_config]
				configuration_id = 2
				nodes = [7]

				[server_config]
				pid = 7
				election_tick_timeout = 5
				""");
		this.contextRunner.withPropertyValues("omnipaxos.config-file=" + file, "omnipaxos.limits.max-entry-size=2KB")
			.run((context) -> {
				OmniPaxosConfig config = context.getBean(OmniPaxosConfig.class);
				assertThat(config.cluster()).isEqualTo(ClusterConfig.of(2, 7));
				assertThat(config.server()).returns(5, ServerConfig::electionTickTimeout)
					.returns(2048, (server) -> server.limits().maxEntryBytes());
			});
	}

	@Test
	void refusesToBeToldTwice(@TempDir Path directory) {
		this.contextRunner
			.withPropertyValues("omnipaxos.config-file=" + directory.resolve("node.toml"), "omnipaxos.server.pid=1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("omnipaxos.server.pid"));
	}

	@Test
	void startsTheNodeOfALazyApplication() {
		this.alone
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withUserConfiguration(OneLog.class)
			.run((context) -> assertThat(context.getBean(OneLog.class).log.append("a"))
				.succeedsWithin(OneLog.PATIENCE));
	}

	@Test
	void startsTheNodeAndStopsIt() {
		OmniPaxosNode[] node = new OmniPaxosNode[1];
		this.alone.withUserConfiguration(OneLog.class).run((context) -> {
			node[0] = context.getBean(OmniPaxosNode.class);
			assertThat(context.getBean(OmniPaxosLifecycle.class).isRunning()).isTrue();
			assertThat(context.getBean(OneLog.class).log.append("a")).succeedsWithin(OneLog.PATIENCE);
		});
		assertThat(node[0].logs()).singleElement()
			.satisfies((log) -> assertThat(log.readBarrier()).failsWithin(OneLog.PATIENCE));
	}

}
