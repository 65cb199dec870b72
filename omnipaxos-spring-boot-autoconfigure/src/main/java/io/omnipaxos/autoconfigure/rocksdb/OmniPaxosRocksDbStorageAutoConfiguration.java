package io.omnipaxos.autoconfigure.rocksdb;

import java.nio.file.Path;

import io.omnipaxos.autoconfigure.ConditionalOnNamedNode;
import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.autoconfigure.OmniPaxosProperties;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.node.OmniPaxosConfig;
import io.omnipaxos.storage.rocksdb.RocksDbStorageFactory;
import org.rocksdb.RocksDB;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for logs in RocksDB.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = OmniPaxosAutoConfiguration.class)
@ConditionalOnClass({ RocksDbStorageFactory.class, RocksDB.class })
@ConditionalOnNamedNode
@ConditionalOnProperty(name = "omnipaxos.storage.type", havingValue = "rocksdb")
@EnableConfigurationProperties({ OmniPaxosProperties.class, OmniPaxosRocksDbProperties.class })
public final class OmniPaxosRocksDbStorageAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(StorageFactory.class)
	RocksDbStorageFactory omniPaxosStorageFactory(OmniPaxosRocksDbProperties properties,
			OmniPaxosProperties nodeProperties, OmniPaxosConfig config) {
		Path path = properties.path();
		if (path == null) {
			throw new InvalidConfigurationPropertyValueException("omnipaxos.storage.rocksdb.path", null,
					"must name the directory of this node's logs");
		}
		return new RocksDbStorageFactory(path, nodeProperties.cluster().name(), config.server().pid());
	}

}
