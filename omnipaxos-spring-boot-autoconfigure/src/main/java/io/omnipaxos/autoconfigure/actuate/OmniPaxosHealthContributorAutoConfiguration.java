package io.omnipaxos.autoconfigure.actuate;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.autoconfigure.OmniPaxosProperties;
import io.omnipaxos.node.OmniPaxosNode;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the
 * {@link OmniPaxosHealthIndicator}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = OmniPaxosAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnBean(OmniPaxosNode.class)
@ConditionalOnEnabledHealthIndicator("omnipaxos")
public final class OmniPaxosHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ProgressWatch omniPaxosProgressWatch(OmniPaxosNode node, OmniPaxosProperties properties,
			@Qualifier("omniPaxosScheduler") ScheduledExecutorService scheduler) {
		Duration round = properties.tickInterval().multipliedBy(node.config().server().electionTickTimeout());
		return new ProgressWatch(node, scheduler, round, node.tolerance());
	}

	@Bean
	@ConditionalOnMissingBean(name = { "omniPaxosHealthIndicator", "omniPaxosHealthContributor" })
	OmniPaxosHealthIndicator omniPaxosHealthContributor(OmniPaxosNode node, ProgressWatch watch) {
		return new OmniPaxosHealthIndicator(node, watch);
	}

}
