package io.omnipaxos.autoconfigure.actuate;

import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.autoconfigure.OmniPaxosProperties;
import io.omnipaxos.node.OmniPaxosNode;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the {@link OmniPaxosEndpoint}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = OmniPaxosAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(OmniPaxosEndpoint.class)
@ConditionalOnBean(OmniPaxosNode.class)
public final class OmniPaxosEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	OmniPaxosEndpoint omniPaxosEndpoint(OmniPaxosNode node, OmniPaxosProperties properties) {
		return new OmniPaxosEndpoint(node, properties.tickInterval());
	}

}
