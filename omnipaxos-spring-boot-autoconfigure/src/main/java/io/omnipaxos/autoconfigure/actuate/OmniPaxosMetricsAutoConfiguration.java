package io.omnipaxos.autoconfigure.actuate;

import io.micrometer.core.instrument.MeterRegistry;
import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.node.OmniPaxosNode;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the meters of a node.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = OmniPaxosAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ OmniPaxosNode.class, MeterRegistry.class })
public final class OmniPaxosMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	OmniPaxosMetrics omniPaxosMetrics(OmniPaxosNode node) {
		return new OmniPaxosMetrics(node);
	}

}
