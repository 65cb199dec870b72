package io.omnipaxos.autoconfigure.event;

import io.omnipaxos.autoconfigure.ConditionalOnNamedNode;
import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for application events about a
 * node's logs.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = OmniPaxosAutoConfiguration.class)
@ConditionalOnNamedNode
public final class OmniPaxosEventAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	NodeEventPublisher omniPaxosEventPublisher(ApplicationEventPublisher publisher) {
		return new NodeEventPublisher(publisher);
	}

}
