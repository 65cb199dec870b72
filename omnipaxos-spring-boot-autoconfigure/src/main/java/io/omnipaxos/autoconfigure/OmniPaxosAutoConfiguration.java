package io.omnipaxos.autoconfigure;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import javax.sql.DataSource;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.node.EntryType;
import io.omnipaxos.node.NodeListener;
import io.omnipaxos.node.OmniPaxosConfig;
import io.omnipaxos.node.OmniPaxosNode;
import io.omnipaxos.node.Transport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for an OmniPaxos node. Backs off
 * unless the application says which node it is, with {@code omnipaxos.server.pid} or
 * {@code omnipaxos.config-file}.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnNamedNode
@EnableConfigurationProperties(OmniPaxosProperties.class)
public final class OmniPaxosAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(OmniPaxosAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean
	OmniPaxosConfig omniPaxosConfig(OmniPaxosProperties properties, Environment environment) {
		return new NodeConfigFactory(properties, environment).create();
	}

	@Bean
	@ConditionalOnMissingBean(StorageFactory.class)
	@ConditionalOnProperty(name = "omnipaxos.storage.type", havingValue = "memory", matchIfMissing = true)
	MemoryStorageFactory omniPaxosStorageFactory(OmniPaxosProperties properties, OmniPaxosConfig config,
			ListableBeanFactory beans) {
		if (config.cluster().nodes().size() > 1) {
			logger.warn(
					"The logs are kept in memory only: a restart of this node loses its part of them, and its promises,"
							+ " on which the others rely. {}",
					remedy(properties.storage().type(), beans));
		}
		return new MemoryStorageFactory(UUID.randomUUID().toString(), System.currentTimeMillis(),
				properties.storage().memory().maxBytes());
	}

	private static String remedy(OmniPaxosProperties.Storage.@Nullable Type asked, ListableBeanFactory beans) {
		if (asked != null) {
			return "Set 'omnipaxos.storage.type' to another kind";
		}
		List<String> dataSources = List.of(beans.getBeanNamesForType(DataSource.class, true, false));
		if (dataSources.size() < 2) {
			return "Add a data source, or set 'omnipaxos.storage.type'";
		}
		return ("Which of the data sources %s is for them is not known: annotate it with @OmniPaxosDataSource,"
				+ " or set 'omnipaxos.storage.type'")
			.formatted(dataSources);
	}

	@Bean(defaultCandidate = false, destroyMethod = "shutdownNow")
	@ConditionalOnMissingBean(name = "omniPaxosScheduler")
	ScheduledExecutorService omniPaxosScheduler() {
		return Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "omnipaxos-ticks");
			thread.setDaemon(true);
			return thread;
		});
	}

	@Bean
	@ConditionalOnMissingBean
	OmniPaxosNode omniPaxosNode(OmniPaxosProperties properties, OmniPaxosConfig config,
			ObjectProvider<StorageFactory> storage, ObjectProvider<Transport> transport,
			@Qualifier("omniPaxosScheduler") ScheduledExecutorService scheduler, ObjectProvider<EntryType<?>> logs,
			ObjectProvider<NodeListener> listeners) {
		List<NodeId> peers = config.cluster().peersOf(config.server().pid());
		if (!peers.isEmpty() && transport.getIfAvailable() == null) {
			throw new MissingTransportException(peers);
		}
		OmniPaxosNode.Builder builder = OmniPaxosNode.builder(config)
			.clusterName(properties.cluster().name())
			.tickInterval(properties.tickInterval())
			.scheduler(scheduler)
			.storage(storage.getIfAvailable(() -> noStorage(properties)));
		transport.ifAvailable(builder::transport);
		List<EntryType<?>> types = logs.orderedStream().toList();
		if (types.isEmpty()) {
			logger
				.warn("This node has no log: annotate a type of the application with @ReplicatedEntry, or define a bean"
						+ " of type EntryType");
		}
		types.forEach(builder::log);
		listeners.orderedStream().forEach(builder::listener);
		return builder.build();
	}

	private static StorageFactory noStorage(OmniPaxosProperties properties) {
		throw new InvalidConfigurationPropertyValueException("omnipaxos.storage.type", properties.storage().type(),
				"asks for a storage that is not there: 'jdbc' needs a single data source, or one that is @Primary"
						+ " or has @OmniPaxosDataSource ('spring.datasource.url' and spring-boot-starter-jdbc), 'rocksdb' needs org.rocksdb:rocksdbjni on the class path");
	}

	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean
	OmniPaxosLifecycle omniPaxosLifecycle(OmniPaxosNode node, OmniPaxosProperties properties) {
		return new OmniPaxosLifecycle(node, properties.shutdown().handOverTimeout());
	}

}
