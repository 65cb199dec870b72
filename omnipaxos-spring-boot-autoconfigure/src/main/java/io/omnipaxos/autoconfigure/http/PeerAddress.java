package io.omnipaxos.autoconfigure.http;

import java.net.URI;
import java.util.Collection;

/** What the address of a peer tells about it. */
final class PeerAddress {

	private PeerAddress() {
	}

	/** Returns the host, an IPv6 address without its brackets. */
	static String host(URI address) {
		String host = address.getHost();
		return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
	}

	/**
	 * Returns whether all nodes are on this machine, as those of somebody trying out.
	 * Asks nobody for the addresses of names.
	 */
	static boolean areLoopback(Collection<URI> addresses) {
		return addresses.stream().allMatch(PeerAddress::isLoopback);
	}

	private static boolean isLoopback(URI address) {
		String host = host(address);
		return host.equalsIgnoreCase("localhost") || Loopback.isAddress(host);
	}

}
