package io.omnipaxos.autoconfigure.jdbc;

import javax.sql.DataSource;

import io.omnipaxos.autoconfigure.ConditionalOnNamedNode;
import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.autoconfigure.OmniPaxosProperties;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.node.OmniPaxosConfig;
import io.omnipaxos.storage.jdbc.JdbcStorageFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.DatabaseInitializationProperties;
import org.springframework.boot.sql.autoconfigure.init.OnDatabaseInitializationCondition;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for logs in the application's
 * database.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = OmniPaxosAutoConfiguration.class,
		afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass({ JdbcStorageFactory.class, DatabaseInitializationProperties.class,
		DatabaseInitializationDependencyConfigurer.class })
@ConditionalOnSingleCandidate(DataSource.class)
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
	OmniPaxosDataSourceScriptDatabaseInitializer omniPaxosDataSourceScriptDatabaseInitializer(DataSource dataSource,
			OmniPaxosJdbcProperties properties) {
		return new OmniPaxosDataSourceScriptDatabaseInitializer(dataSource, properties);
	}

	@Bean
	@DependsOnDatabaseInitialization
	@ConditionalOnMissingBean(StorageFactory.class)
	JdbcStorageFactory omniPaxosStorageFactory(DataSource dataSource, OmniPaxosProperties properties,
			OmniPaxosConfig config) {
		return new JdbcStorageFactory(dataSource, properties.cluster().name(), config.server().pid());
	}

	static class OnSchemaInitialization extends OnDatabaseInitializationCondition {

		OnSchemaInitialization() {
			super("OmniPaxos", "omnipaxos.storage.jdbc.initialize-schema");
		}

	}

}
