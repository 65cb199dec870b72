package io.omnipaxos.autoconfigure.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

import javax.sql.DataSource;

import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.storage.jdbc.JdbcStorageFactory;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;

/** The log has a database of its own, beside that of the application. */
class OmniPaxosDataSourceTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(OmniPaxosAutoConfiguration.class, OmniPaxosJdbcStorageAutoConfiguration.class,
						DataSourceAutoConfiguration.class, DataSourceInitializationAutoConfiguration.class))
		.withPropertyValues("omnipaxos.server.pid=1", "omnipaxos.cluster.nodes=1",
				"spring.datasource.generate-unique-name=true");

	@Test
	void theQualifiedDataSourceIsForTheLogsAndThatOfSpringBootForTheRest() {
		this.contextRunner.withUserConfiguration(OnlyForTheLogs.class)
			.run((context) -> assertThatTheLogsAreIn(context, "logs", "dataSource"));
	}

	@Test
	void theQualifiedDataSourceIsForTheLogsThoughAnotherIsPrimary() {
		this.contextRunner.withUserConfiguration(OneIsPrimary.class)
			.run((context) -> assertThatTheLogsAreIn(context, "logs", "orders"));
	}

	@Test
	void theQualifiedOneOfSeveralDataSourcesIsForTheLogs() {
		this.contextRunner.withUserConfiguration(NoneIsPrimary.class)
			.run((context) -> assertThatTheLogsAreIn(context, "logs", "orders"));
	}

	private static void assertThatTheLogsAreIn(ApplicationContext context, String logs, String other)
			throws SQLException {
		assertThat(context.getBean(StorageFactory.class)).isInstanceOf(JdbcStorageFactory.class);
		assertThat(hasTables(context.getBean(logs, DataSource.class))).isTrue();
		assertThat(hasTables(context.getBean(other, DataSource.class))).isFalse();
	}

	private static boolean hasTables(DataSource database) throws SQLException {
		try (Connection connection = database.getConnection();
				ResultSet tables = connection.getMetaData().getTables(null, null, "OMNIPAXOS_IDENTITY", null)) {
			return tables.next();
		}
	}

	@Test
	void aStorageOfTheApplicationWaitsForTheTablesThatItsScriptCreates() {
		this.contextRunner.withUserConfiguration(OwnStorage.class)
			.withPropertyValues("spring.sql.init.schema-locations=classpath:io/omnipaxos/storage/jdbc/schema-h2.sql")
			.run((context) -> assertThat(context).hasSingleBean(StorageFactory.class)
				.hasBean("ownStorage")
				.doesNotHaveBean(OmniPaxosDataSourceScriptDatabaseInitializer.class));
	}

	private static DataSource h2() {
		JdbcDataSource database = new JdbcDataSource();
		database.setURL("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
		return database;
	}

	@Configuration(proxyBeanMethods = false)
	static class OnlyForTheLogs {

		@Bean(defaultCandidate = false)
		@OmniPaxosDataSource
		DataSource logs() {
			return h2();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneIsPrimary {

		@Bean
		@Primary
		DataSource orders() {
			return h2();
		}

		@Bean
		@OmniPaxosDataSource
		DataSource logs() {
			return h2();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoneIsPrimary {

		@Bean
		DataSource orders() {
			return h2();
		}

		@Bean
		@OmniPaxosDataSource
		DataSource logs() {
			return h2();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnStorage {

		@Bean
		JdbcStorageFactory ownStorage(DataSource dataSource) {
			return new JdbcStorageFactory(dataSource, "own", new NodeId(1));
		}

	}

}
