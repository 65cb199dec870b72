package io.omnipaxos.autoconfigure.http;

import io.omnipaxos.autoconfigure.OmniPaxosProperties;
import io.omnipaxos.node.OmniPaxosConfig;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that lets peer streams pass Spring
 * Security, and nothing else: the peers show who they are by the secret of the cluster or
 * by certificates, which the streams themselves ask for. Without either, nothing passes
 * but what comes in over loopback, to a node whose peers all have loopback addresses.
 *
 * @since 0.1.0
 */
// After the filter chains that Boot defines while there are none: they are to stay. By
// name, as an application can use Spring Security without Boot's module for it.
@AutoConfiguration(after = OmniPaxosHttpTransportAutoConfiguration.class, afterName = {
		"org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
		"org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration" })
@ConditionalOnClass({ HttpSecurity.class, SecurityFilterChain.class })
@ConditionalOnBean(value = { HttpTransport.class, HttpSecurity.class }, name = "springSecurityFilterChain")
public final class OmniPaxosHttpSecurityAutoConfiguration {

	static final String FILTER_CHAIN = "omniPaxosStreamFilterChain";

	@Bean(FILTER_CHAIN)
	@Order(Ordered.HIGHEST_PRECEDENCE)
	@ConditionalOnMissingBean(name = FILTER_CHAIN)
	SecurityFilterChain omniPaxosStreamFilterChain(HttpSecurity http, OmniPaxosConfig config,
			OmniPaxosProperties properties, OmniPaxosTransportProperties transport, HttpTransportSecurity security) {
		boolean onlyThisMachine = security
			.takesOnlyFromThisMachine(OmniPaxosHttpTransportAutoConfiguration.peers(config, properties).values());
		RequestMatcher streams = PathPatternRequestMatcher.withDefaults().matcher(transport.path());
		return http
			.securityMatcher((request) -> streams.matches(request)
					&& (security.isLocked() || (onlyThisMachine && Loopback.carries(request))))
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.csrf(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.sessionManagement(AbstractHttpConfigurer::disable)
			.securityContext(AbstractHttpConfigurer::disable)
			.anonymous(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.build();
	}

}
