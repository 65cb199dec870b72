package io.omnipaxos.autoconfigure.http;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.omnipaxos.autoconfigure.ConditionalOnNamedNode;
import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.autoconfigure.OmniPaxosProperties;
import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.OmniPaxosConfig;
import io.omnipaxos.node.Transport;
import io.omnipaxos.node.wire.FrameCodec;
import jakarta.servlet.http.HttpServlet;
import org.apache.catalina.Valve;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for peer streams over HTTP, on the
 * application's own servlet container.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = OmniPaxosAutoConfiguration.class)
@ConditionalOnClass(HttpServlet.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnNamedNode
@EnableConfigurationProperties({ OmniPaxosProperties.class, OmniPaxosTransportProperties.class })
public final class OmniPaxosHttpTransportAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(value = { HttpTransportSecurity.class, Transport.class }, ignored = HttpTransport.class)
	HttpTransportSecurity omniPaxosTransportSecurity(OmniPaxosConfig config, OmniPaxosProperties properties,
			OmniPaxosTransportProperties transport, ObjectProvider<SslBundles> bundles, Environment environment) {
		return new TransportSecurityFactory(transport, bundles.getIfAvailable(), environment)
			.create(peers(config, properties));
	}

	@Bean
	@ConditionalOnMissingBean(Transport.class)
	HttpTransport omniPaxosTransport(OmniPaxosConfig config, OmniPaxosProperties properties,
			OmniPaxosTransportProperties transport, HttpTransportSecurity security, ObjectProvider<SslBundles> bundles,
			BeanFactory beans) {
		checkFrameSize(config, transport);
		Map<NodeId, URI> peers = peers(config, properties);
		HttpTransport created = new HttpTransport(settings(config, properties, transport), security, peers);
		TransportSecurityFactory.warnIfOpen(security, peers, transport.path(),
				beans.containsBean(OmniPaxosHttpSecurityAutoConfiguration.FILTER_CHAIN));
		String bundle = transport.ssl().bundle();
		if (bundle != null) {
			bundles.ifAvailable((all) -> all.addBundleUpdateHandler(bundle, created::renew));
		}
		return created;
	}

	@Bean
	@ConditionalOnBean(HttpTransport.class)
	@ConditionalOnMissingBean(name = "omniPaxosStreamServletRegistration")
	ServletRegistrationBean<HttpServlet> omniPaxosStreamServletRegistration(HttpTransport transport,
			OmniPaxosTransportProperties properties) {
		ServletRegistrationBean<HttpServlet> registration = new ServletRegistrationBean<>(transport.servlet(),
				properties.path());
		registration.setName("omniPaxosStream");
		return registration;
	}

	private static void checkFrameSize(OmniPaxosConfig config, OmniPaxosTransportProperties transport) {
		long required = FrameCodec.requiredFrameBytes(config.server().limits());
		if (transport.maxFrameSize().toBytes() < required) {
			throw new InvalidConfigurationPropertyValueException("omnipaxos.transport.max-frame-size",
					transport.maxFrameSize(),
					("must be at least %s for the limits 'omnipaxos.limits.max-piece', 'max-undecided' and"
							+ " 'max-entry-size': raise it on every node, or lower them")
						.formatted(DataSize.ofBytes(required)));
		}
	}

	private static HttpTransportSettings settings(OmniPaxosConfig config, OmniPaxosProperties properties,
			OmniPaxosTransportProperties transport) {
		ServerConfig server = config.server();
		Duration heartbeats = properties.tickInterval().multipliedBy(4L * server.electionTickTimeout());
		Duration silence = (heartbeats.compareTo(transport.silenceTimeout()) > 0) ? heartbeats
				: transport.silenceTimeout();
		return new HttpTransportSettings(transport.path(), (int) transport.maxFrameSize().toBytes(),
				transport.connectTimeout(), transport.answerTimeout(), silence, transport.reconnect().minBackoff(),
				transport.reconnect().maxBackoff(), transport.closeTimeout(), server.bufferSize(),
				transport.maxQueued().toBytes());
	}

	static Map<NodeId, URI> peers(OmniPaxosConfig config, OmniPaxosProperties properties) {
		Map<NodeId, URI> peers = new HashMap<>();
		for (NodeId peer : config.cluster().peersOf(config.server().pid())) {
			URI address = properties.peers().get(peer.value());
			if (address == null) {
				throw new InvalidConfigurationPropertyValueException("omnipaxos.peers." + peer.value(), null,
						"must be the address of the web server of %s, such as http://kv-%d:8080".formatted(peer,
								peer.value()));
			}
			peers.put(peer, address);
		}
		return peers;
	}

	/** What a node asks of Tomcat in particular. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Valve.class, ConfigurableTomcatWebServerFactory.class })
	@ImportRuntimeHints(TomcatRuntimeHints.class)
	static class TomcatConfiguration {

		@Bean
		WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> omniPaxosTomcatCustomizer() {
			return new TomcatCustomizer();
		}

	}

}
