package io.omnipaxos.autoconfigure.log;

import io.omnipaxos.autoconfigure.ConditionalOnNamedNode;
import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.autoconfigure.ReplicatedEntry;
import io.omnipaxos.node.ReplicatedLog;

import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for a {@link ReplicatedLog} of each
 * {@link ReplicatedEntry @ReplicatedEntry} type and of each
 * {@link io.omnipaxos.node.EntryType} bean.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = OmniPaxosAutoConfiguration.class)
@ConditionalOnNamedNode
public final class OmniPaxosLogAutoConfiguration {

	static final String LOG_FACTORY = "omniPaxosLogFactory";

	@Bean
	@ConditionalOnMissingBean
	static LogRegistrar omniPaxosLogRegistrar(Environment environment, ResourceLoader resources) {
		return new LogRegistrar(new EntryScanner(environment, resources));
	}

	@Bean(LOG_FACTORY)
	@ConditionalOnMissingBean
	LogFactory omniPaxosLogFactory(AutowireCapableBeanFactory beans) {
		return new LogFactory(beans);
	}

}
