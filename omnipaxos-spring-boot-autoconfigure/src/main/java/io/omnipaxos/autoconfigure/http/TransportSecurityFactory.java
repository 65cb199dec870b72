package io.omnipaxos.autoconfigure.http;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.omnipaxos.core.model.NodeId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;

/**
 * Makes of the properties how the nodes make sure of each other, and refuses what can't
 * be meant.
 */
final class TransportSecurityFactory {

	private static final Logger logger = LoggerFactory.getLogger(TransportSecurityFactory.class);

	private static final String BUNDLE = "omnipaxos.transport.ssl.bundle";

	private final OmniPaxosTransportProperties properties;

	private final @Nullable SslBundles bundles;

	private final Environment environment;

	TransportSecurityFactory(OmniPaxosTransportProperties properties, @Nullable SslBundles bundles,
			Environment environment) {
		this.properties = properties;
		this.bundles = bundles;
		this.environment = environment;
	}

	HttpTransportSecurity create(Map<NodeId, URI> peers) {
		String name = this.properties.ssl().bundle();
		SslBundle bundle = (name != null) ? bundle(name) : null;
		HttpTransportSecurity security = new HttpTransportSecurity(this.properties.secrets(),
				this.properties.maxClockSkew(), bundle, this.properties.ssl().peerNames());
		if (name != null) {
			check(security, name, peers);
		}
		return security;
	}

	private SslBundle bundle(String name) {
		List<String> known = (this.bundles != null) ? this.bundles.getBundleNames() : List.of();
		if (this.bundles == null || !known.contains(name)) {
			throw new InvalidConfigurationPropertyValueException(BUNDLE, name,
					("must be the name of an SSL bundle of the application, which has %s: define it with"
							+ " 'spring.ssl.bundle.pem.%s' or 'spring.ssl.bundle.jks.%s'")
						.formatted(known.isEmpty() ? "none" : "these: " + known, name, name));
		}
		return this.bundles.getBundle(name);
	}

	private void check(HttpTransportSecurity security, String bundle, Map<NodeId, URI> peers) {
		peers.forEach((peer, address) -> {
			if (!"https".equals(address.getScheme())) {
				throw new InvalidConfigurationPropertyValueException("omnipaxos.peers." + peer.value(), address,
						"must begin with https, because '%s' is set".formatted(BUNDLE));
			}
		});
		if (!security.isLocked()) {
			throw new InvalidConfigurationPropertyValueException(BUNDLE, bundle,
					"must have a key and its certificate, with which this node shows its peers who it is; or set"
							+ " 'omnipaxos.transport.secret'");
		}
		String clientAuth = this.environment.getProperty("server.ssl.client-auth", "none");
		if (security.requiresCertificates() && clientAuth.equalsIgnoreCase("none")) {
			logger.warn("This node takes streams only from peers that show a certificate, and its web server does not"
					+ " ask for any. Set 'server.ssl.client-auth' to 'want', or to 'need' if every client has one");
		}
	}

	/**
	 * Warns, once, if strangers may be able to reach this node and nothing keeps them
	 * out.
	 * @param guarded whether Spring Security guards the application
	 */
	static void warnIfOpen(HttpTransportSecurity security, Map<NodeId, URI> peers, String path, boolean guarded) {
		if (security.isLocked() || security.takesOnlyFromThisMachine(peers.values())) {
			return;
		}
		String remedy = "Set 'omnipaxos.transport.secret' to the same secret on every node, or"
				+ " 'omnipaxos.transport.ssl.bundle' to a certificate of its own on each";
		if (guarded) {
			logger.warn("Nothing tells peers from strangers, so Spring Security keeps both away from '{}', unless the"
					+ " application has a filter chain of its own for it. {}", path, remedy);
		}
		else {
			logger.warn(
					"Peer streams are not authenticated: whoever reaches this node's web server can speak for its"
							+ " peers, and change what is decided. {}; else keep it within a network that you trust",
					remedy);
		}
	}

}
