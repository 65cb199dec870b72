package io.omnipaxos.autoconfigure.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

import io.omnipaxos.core.model.NodeId;

import org.springframework.boot.ssl.SslBundle;

/**
 * Trusts the web server of one peer: by a certificate that the bundle trusts and that
 * carries a name of the peer, whether or not it carries the host of the peer's address.
 */
final class PeerTrustManager extends X509ExtendedTrustManager {

	private final X509TrustManager authorities;

	private final PeerCertificates certificates;

	private final NodeId peer;

	private PeerTrustManager(X509TrustManager authorities, PeerCertificates certificates, NodeId peer) {
		this.authorities = authorities;
		this.certificates = certificates;
		this.peer = peer;
	}

	/** Returns what speaks TLS with one peer, and with nobody else. */
	static SSLContext context(SslBundle ssl, PeerCertificates certificates, NodeId peer) {
		X509TrustManager authorities = Arrays.stream(ssl.getManagers().getTrustManagers())
			.filter(X509TrustManager.class::isInstance)
			.map(X509TrustManager.class::cast)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("The SSL bundle for peers has nothing to verify them with"));
		try {
			SSLContext context = SSLContext.getInstance(ssl.getProtocol());
			context.init(ssl.getManagers().getKeyManagers(),
					new TrustManager[] { new PeerTrustManager(authorities, certificates, peer) }, null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Could not make a TLS context of the SSL bundle for peers", ex);
		}
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		if (this.authorities instanceof X509ExtendedTrustManager extended) {
			// Java's HTTP client asks for the host, which nothing but a system property
			// keeps it from.
			SSLParameters parameters = engine.getSSLParameters();
			parameters.setEndpointIdentificationAlgorithm("");
			engine.setSSLParameters(parameters);
			extended.checkServerTrusted(chain, authType, engine);
			checkName(chain);
		}
		else {
			checkServerTrusted(chain, authType);
		}
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		checkServerTrusted(chain, authType);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		this.authorities.checkServerTrusted(chain, authType);
		checkName(chain);
	}

	private void checkName(X509Certificate[] chain) throws CertificateException {
		try {
			this.certificates.check(this.peer, chain);
		}
		catch (StreamRefusedException ex) {
			throw new CertificateException(ex.describe(), ex);
		}
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		checkClientTrusted(chain, authType);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		checkClientTrusted(chain, authType);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		throw new CertificateException("Who comes to this node is for its web server to verify");
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return this.authorities.getAcceptedIssuers();
	}

}
