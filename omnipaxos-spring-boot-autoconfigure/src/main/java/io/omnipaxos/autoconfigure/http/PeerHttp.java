package io.omnipaxos.autoconfigure.http;

import java.net.http.HttpClient;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import io.omnipaxos.core.model.NodeId;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * What a node makes its connections to peers with, and makes sure of them by.
 * Thread-safe.
 */
final class PeerHttp {

	private final Duration connectTimeout;

	private final HttpTransportSecurity security;

	private final List<StreamSecret> secrets;

	private final PeerCertificates certificates;

	private volatile Function<NodeId, HttpClient> clients;

	/**
	 * Creates what connections are made with.
	 * @param connectTimeout time that a connection may take to come about
	 * @param security how the nodes make sure of each other
	 * @param certificates what binds peers to their certificates
	 */
	PeerHttp(Duration connectTimeout, HttpTransportSecurity security, PeerCertificates certificates) {
		this.connectTimeout = connectTimeout;
		this.security = security;
		this.secrets = security.secrets().stream().map(StreamSecret::new).toList();
		this.certificates = certificates;
		this.clients = clients(security.ssl());
	}

	/** One client for all peers, unless TLS has to know which peer it speaks with. */
	private Function<NodeId, HttpClient> clients(@Nullable SslBundle ssl) {
		if (ssl == null) {
			HttpClient client = builder().build();
			return (peer) -> client;
		}
		if (!this.security.namesPeers()) {
			HttpClient client = client(ssl, ssl.createSslContext());
			return (peer) -> client;
		}
		Map<NodeId, HttpClient> clients = this.certificates.peers()
			.stream()
			.collect(Collectors.toMap(Function.identity(),
					(peer) -> client(ssl, PeerTrustManager.context(ssl, this.certificates, peer))));
		return (peer) -> Objects.requireNonNull(clients.get(peer));
	}

	private HttpClient client(SslBundle ssl, SSLContext context) {
		return builder().sslContext(context).sslParameters(parameters(ssl.getOptions())).build();
	}

	private HttpClient.Builder builder() {
		return HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(this.connectTimeout)
			.proxy(HttpClient.Builder.NO_PROXY);
	}

	private static SSLParameters parameters(SslOptions options) {
		SSLParameters parameters = new SSLParameters();
		if (options.getCiphers() != null) {
			parameters.setCipherSuites(options.getCiphers());
		}
		if (options.getEnabledProtocols() != null) {
			parameters.setProtocols(options.getEnabledProtocols());
		}
		return parameters;
	}

	HttpClient client(NodeId peer) {
		return this.clients.apply(peer);
	}

	/** Makes later connections with other keys. */
	void renew(SslBundle ssl) {
		this.clients = clients(ssl);
	}

	/** Returns the secret to prove, or {@code null} if there is none. */
	@Nullable StreamSecret secret() {
		return this.secrets.isEmpty() ? null : this.secrets.get(0);
	}

	/**
	 * Checks that a web server is the peer's, as far as certificates tell.
	 * @param peer who it should be
	 * @param chain certificates that it showed, or {@code null} if it showed none
	 * @throws StreamRefusedException if it is another's
	 */
	void checkServer(NodeId peer, Certificate @Nullable [] chain) throws StreamRefusedException {
		if (this.security.requiresCertificates() || this.security.namesPeers()) {
			this.certificates.check(peer, chain);
		}
	}

	/**
	 * Returns where the streams of the peers come in.
	 * @param streams what it leads to
	 * @param onlyThisMachine whether it lets in only what comes from this machine
	 */
	StreamEntrance entrance(IncomingStreams streams, boolean onlyThisMachine) {
		SecretLock lock = this.secrets.isEmpty() ? null : new SecretLock(this.secrets, streams.storageId(),
				this.security.maxClockSkew(), InstantSource.system());
		return new StreamEntrance(streams, onlyThisMachine, lock,
				this.security.requiresCertificates() ? this.certificates : null);
	}

}
