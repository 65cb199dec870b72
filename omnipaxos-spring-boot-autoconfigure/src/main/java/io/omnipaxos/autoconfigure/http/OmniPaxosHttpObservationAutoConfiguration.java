package io.omnipaxos.autoconfigure.http;

import io.micrometer.observation.ObservationPredicate;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that leaves peer streams out of what
 * is observed of the application's requests: a stream is one request for as long as its
 * connection lives, and would count as one that took hours.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = OmniPaxosHttpTransportAutoConfiguration.class)
@ConditionalOnClass({ ObservationPredicate.class, ServerRequestObservationContext.class })
@ConditionalOnBean(HttpTransport.class)
public final class OmniPaxosHttpObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "omniPaxosStreamObservationPredicate")
	ObservationPredicate omniPaxosStreamObservationPredicate(OmniPaxosTransportProperties transport) {
		String path = transport.path();
		return (name, context) -> {
			HttpServletRequest request = (context instanceof ServerRequestObservationContext observed)
					? observed.getCarrier() : null;
			return request == null || !path.equals(request.getServletPath());
		};
	}

}
