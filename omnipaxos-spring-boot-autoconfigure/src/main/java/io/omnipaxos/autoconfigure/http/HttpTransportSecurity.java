package io.omnipaxos.autoconfigure.http;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;

/**
 * How the nodes of a cluster make sure of each other.
 *
 * @param secrets secrets that the nodes share: this node proves that it knows the first,
 * and takes any of them from its peers; empty if they share none
 * @param maxClockSkew how far a peer's clock may be off
 * @param ssl what TLS connections to the peers are made with, or {@code null} for what
 * the Java platform trusts. If it has a key, this node takes streams only from peers that
 * show a certificate
 * @param peerNames names of which the certificate of a peer has to carry one, with
 * {@code {pid}} in the place of the pid; if empty, it is the host of the peer's address
 */
public record HttpTransportSecurity(List<String> secrets, Duration maxClockSkew, @Nullable SslBundle ssl,
		List<String> peerNames) {

	/**
	 * Nothing is asked for: whoever reaches a node can speak for its peers, unless all of
	 * them have loopback addresses. Then streams are taken only from this machine.
	 */
	public static final HttpTransportSecurity NONE = new HttpTransportSecurity(List.of(), Duration.ofMinutes(1), null,
			List.of());

	public HttpTransportSecurity {
		secrets = List.copyOf(secrets);
		peerNames = List.copyOf(peerNames);
		if (maxClockSkew.isNegative() || maxClockSkew.isZero()) {
			throw new IllegalArgumentException("The clocks of two nodes differ by more than " + maxClockSkew);
		}
	}

	/** Returns whether a peer has to show a certificate of its own. */
	public boolean requiresCertificates() {
		return this.ssl != null && this.ssl.getStores().getKeyStore() != null;
	}

	/**
	 * Returns whether certificates carry other names of the peers than the hosts of their
	 * addresses.
	 */
	boolean namesPeers() {
		return this.ssl != null && !this.peerNames.isEmpty();
	}

	/** Returns whether somebody who only reaches this node can't speak for its peers. */
	public boolean isLocked() {
		return !this.secrets.isEmpty() || requiresCertificates();
	}

	/**
	 * Returns whether nothing tells peers from strangers but that all peers are on this
	 * machine.
	 */
	boolean takesOnlyFromThisMachine(Collection<URI> peers) {
		return !isLocked() && PeerAddress.areLoopback(peers);
	}

	/** Returns the same with other keys for TLS. */
	HttpTransportSecurity with(SslBundle other) {
		return new HttpTransportSecurity(this.secrets, this.maxClockSkew, other, this.peerNames);
	}

	/** Does not tell the secrets. */
	@Override
	public String toString() {
		return "HttpTransportSecurity[secrets=%d, ssl=%s, peerNames=%s]".formatted(this.secrets.size(),
				this.ssl != null, this.peerNames);
	}

}
