package io.omnipaxos.autoconfigure.rocksdb;

import java.nio.file.Path;

import io.omnipaxos.autoconfigure.ConditionalOnNamedNode;
import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.autoconfigure.OmniPaxosProperties;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.node.OmniPaxosConfig;
import io.omnipaxos.storage.rocksdb.RocksDbStorageFactory;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for logs in RocksDB.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = OmniPaxosAutoConfiguration.class,
		beforeName = "io.omnipaxos.autoconfigure.jdbc.OmniPaxosJdbcStorageAutoConfiguration")
@ConditionalOnNamedNode
@ConditionalOnMissingBean(StorageFactory.class)
public final class OmniPaxosRocksDbStorageAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ RocksDbStorageFactory.class, RocksDB.class })
	@ConditionalOnProperty(name = "omnipaxos.storage.type", havingValue = "rocksdb")
	@EnableConfigurationProperties({ OmniPaxosProperties.class, OmniPaxosRocksDbProperties.class })
	static class RocksDbConfiguration {

		@Bean
		RocksDbStorageFactory omniPaxosStorageFactory(OmniPaxosRocksDbProperties properties,
				OmniPaxosProperties nodeProperties, OmniPaxosConfig config) {
			return new RocksDbStorageFactory(directory(properties.path()), nodeProperties.cluster().name(),
					config.server().pid());
		}

		private static Path directory(@Nullable Path path) {
			if (path == null) {
				throw refusal(null, "must name the directory of this node's logs");
			}
			// Spring Boot binds a placeholder that nothing resolves as it is written.
			if (path.toString().contains("${")) {
				throw refusal(path, "must not hold a placeholder that nothing resolves, as a directory of that name"
						+ " would be made: set the variable or property that it names");
			}
			return path;
		}

		private static InvalidConfigurationPropertyValueException refusal(@Nullable Path path, String rule) {
			return new InvalidConfigurationPropertyValueException("omnipaxos.storage.rocksdb.path", path, rule);
		}

	}

	/**
	 * Takes the place of the storages that would be chosen by default: whoever names a
	 * directory does not expect the logs elsewhere, least of all in memory.
	 */
	@Configuration(proxyBeanMethods = false)
	@Conditional(OnDirectoryAloneCondition.class)
	static class DirectoryAloneConfiguration {

		@Bean
		StorageFactory omniPaxosStorageFactory() {
			throw new InvalidConfigurationPropertyValueException("omnipaxos.storage.type", null,
					"must be 'rocksdb' to keep the logs in the directory of 'omnipaxos.storage.rocksdb.path', or else"
							+ " say what keeps them: a directory alone does not");
		}

	}

}
