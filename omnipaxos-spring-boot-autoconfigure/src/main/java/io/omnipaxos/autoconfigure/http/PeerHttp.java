package io.omnipaxos.autoconfigure.http;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLParameters;

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

	private final @Nullable PeerCertificates certificates;

	private volatile HttpClient client;

	/**
	 * Creates what connections are made with.
	 * @param connectTimeout time that a connection may take to come about
	 * @param security how the nodes make sure of each other
	 * @param certificates what binds peers to their certificates, if they need any
	 */
	PeerHttp(Duration connectTimeout, HttpTransportSecurity security, PeerCertificates certificates) {
		this.connectTimeout = connectTimeout;
		this.security = security;
		this.secrets = security.secrets().stream().map(StreamSecret::new).toList();
		this.certificates = security.requiresCertificates() ? certificates : null;
		this.client = client(security.ssl());
	}

	private HttpClient client(@Nullable SslBundle ssl) {
		HttpClient.Builder builder = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(this.connectTimeout)
			.proxy(HttpClient.Builder.NO_PROXY);
		if (ssl != null) {
			builder.sslContext(ssl.createSslContext());
			builder.sslParameters(parameters(ssl.getOptions()));
		}
		return builder.build();
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

	HttpClient client() {
		return this.client;
	}

	/** Makes later connections with other keys. */
	void renew(SslBundle ssl) {
		this.client = client(ssl);
	}

	/** Returns the secret to prove, or {@code null} if there is none. */
	@Nullable StreamSecret secret() {
		return this.secrets.isEmpty() ? null : this.secrets.get(0);
	}

	/** Returns what binds peers to their certificates, or {@code null}. */
	@Nullable PeerCertificates certificates() {
		return this.certificates;
	}

	/**
	 * Returns where the streams of the peers come in.
	 * @param streams what it leads to
	 * @param onlyThisMachine whether it lets in only what comes from this machine
	 */
	StreamEntrance entrance(IncomingStreams streams, boolean onlyThisMachine) {
		SecretLock lock = this.secrets.isEmpty() ? null : new SecretLock(this.secrets, streams.storageId(),
				this.security.maxClockSkew(), InstantSource.system());
		return new StreamEntrance(streams, onlyThisMachine, lock, this.certificates);
	}

}
