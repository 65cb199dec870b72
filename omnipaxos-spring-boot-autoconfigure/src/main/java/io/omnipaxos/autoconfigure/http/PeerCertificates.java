package io.omnipaxos.autoconfigure.http;

import java.net.URI;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

import io.omnipaxos.core.model.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Binds peers to their certificates: that of a peer has to carry one of the names that
 * are known for it. Whether the certificate is genuine was found out by TLS before.
 */
final class PeerCertificates {

	private static final List<Integer> NAMES = List.of(2, 6, 7);

	private final Map<NodeId, List<String>> names;

	private PeerCertificates(Map<NodeId, List<String>> names) {
		this.names = Map.copyOf(names);
	}

	/**
	 * Returns what binds peers to their certificates.
	 * @param addresses address of each peer
	 * @param patterns names of which a peer's certificate has to carry one, with
	 * {@code {pid}} in the place of its pid; if empty, it is the host of its address
	 */
	static PeerCertificates of(Map<NodeId, URI> addresses, List<String> patterns) {
		Map<NodeId, List<String>> names = new HashMap<>();
		addresses.forEach((peer, address) -> {
			String pid = Long.toString(peer.value());
			names.put(peer, patterns.isEmpty() ? List.of(PeerAddress.host(address))
					: patterns.stream().map((pattern) -> pattern.replace("{pid}", pid)).toList());
		});
		return new PeerCertificates(names);
	}

	/** Returns the peers whose names are known. */
	Set<NodeId> peers() {
		return this.names.keySet();
	}

	/**
	 * Checks that a certificate is one of the peer that shows it.
	 * @param peer who it says it is
	 * @param chain certificates, its own first, or {@code null} if it shows none
	 * @throws StreamRefusedException if it is none of that peer
	 */
	void check(NodeId peer, Certificate @Nullable [] chain) throws StreamRefusedException {
		if (chain == null || chain.length == 0 || !(chain[0] instanceof X509Certificate certificate)) {
			throw new StreamRefusedException(401, "%s shows no certificate".formatted(peer),
					"Give it an SSL bundle with a key in 'omnipaxos.transport.ssl.bundle', and set"
							+ " 'server.ssl.client-auth' to 'want' on this node.");
		}
		Collection<String> carried = namesOf(certificate);
		List<String> wanted = this.names.getOrDefault(peer, List.of());
		if (carried.stream().noneMatch((name) -> wanted.stream().anyMatch(name::equalsIgnoreCase))) {
			throw new StreamRefusedException(403,
					"The certificate that %s shows is of %s, and not of %s".formatted(peer, carried, wanted),
					"Give it a certificate of its own with that name as subject alternative name, or say in"
							+ " 'omnipaxos.transport.ssl.peer-names' which names the certificates of peers carry.");
		}
	}

	/** The common name counts only where there are no alternative names. */
	private static Collection<String> namesOf(X509Certificate certificate) {
		List<String> names = new ArrayList<>();
		try {
			Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
			if (alternatives == null) {
				for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
					if (part.getType().equalsIgnoreCase("CN")) {
						names.add(String.valueOf(part.getValue()));
					}
				}
				return names;
			}
			for (List<?> alternative : alternatives) {
				if (NAMES.contains(alternative.get(0))) {
					names.add(String.valueOf(alternative.get(1)));
				}
			}
			return names;
		}
		catch (CertificateParsingException | InvalidNameException ex) {
			return List.of();
		}
	}

}
