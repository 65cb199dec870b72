package io.omnipaxos.autoconfigure.jdbc;

import javax.sql.DataSource;

import io.omnipaxos.autoconfigure.ConditionalOnNamedNode;
import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.autoconfigure.OmniPaxosProperties;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.node.OmniPaxosConfig;
import io.omnipaxos.storage.jdbc.JdbcStorageFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.DatabaseInitializationProperties;
import org.springframework.boot.sql.autoconfigure.init.OnDatabaseInitializationCondition;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for logs in a database: that of the
 * {@link OmniPaxosDataSource @OmniPaxosDataSource}, or else the application's.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = OmniPaxosAutoConfiguration.class,
		afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass({ JdbcStorageFactory.class, DatabaseInitializationProperties.class,
		DatabaseInitializationDependencyConfigurer.class })
@Conditional(OnLogDataSourceCondition.class)
@ConditionalOnNamedNode
@ConditionalOnProperty(name = "omnipaxos.storage.type", havingValue = "jdbc", matchIfMissing = true)
@ConditionalOnMissingBean(StorageFactory.class)
@EnableConfigurationProperties({ OmniPaxosProperties.class, OmniPaxosJdbcProperties.class })
@Import(DatabaseInitializationDependencyConfigurer.class)
@ImportRuntimeHints(JdbcStorageRuntimeHints.class)
public final class OmniPaxosJdbcStorageAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@Conditional(OnSchemaInitialization.class)
	OmniPaxosDataSourceScriptDatabaseInitializer omniPaxosDataSourceScriptDatabaseInitializer(
			@OmniPaxosDataSource ObjectProvider<DataSource> qualified, ObjectProvider<DataSource> dataSources,
			OmniPaxosJdbcProperties properties) {
		return new OmniPaxosDataSourceScriptDatabaseInitializer(dataSource(qualified, dataSources), properties);
	}

	@Bean
	@ConditionalOnMissingBean(StorageFactory.class)
	JdbcStorageFactory omniPaxosStorageFactory(@OmniPaxosDataSource ObjectProvider<DataSource> qualified,
			ObjectProvider<DataSource> dataSources, OmniPaxosProperties properties, OmniPaxosConfig config) {
		return new JdbcStorageFactory(dataSource(qualified, dataSources), properties.cluster().name(),
				config.server().pid());
	}

	private static DataSource dataSource(ObjectProvider<DataSource> qualified, ObjectProvider<DataSource> others) {
		return qualified.getIfAvailable(others::getObject);
	}

	static class OnSchemaInitialization extends OnDatabaseInitializationCondition {

		OnSchemaInitialization() {
			super("OmniPaxos", "omnipaxos.storage.jdbc.initialize-schema");
		}

	}

}
