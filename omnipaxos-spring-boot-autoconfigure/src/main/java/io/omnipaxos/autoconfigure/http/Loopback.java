package io.omnipaxos.autoconfigure.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/** Tells what comes from this machine. Asks nobody for the addresses of names. */
final class Loopback {

	private static final Pattern IPV4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");

	private static final Pattern BRACKETS_AND_ZONE = Pattern.compile("[\\[\\]]|%.*");

	private Loopback() {
	}

	/** Returns whether an address, and not a name, is a loopback address. */
	static boolean isAddress(@Nullable String address) {
		if (address == null) {
			return false;
		}
		String bare = BRACKETS_AND_ZONE.matcher(address).replaceAll("");
		if (bare.indexOf(':') < 0) {
			return IPV4.matcher(bare).matches();
		}
		try {
			// In brackets it is read, and never looked up.
			return InetAddress.getByName("[" + bare + "]").isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			// No address at all.
			return false;
		}
	}

	/**
	 * Returns whether a request came in over loopback, from this machine and to it. A
	 * header of the request may have changed what it says of its addresses, so those that
	 * the web server knows have to be loopback addresses as well.
	 */
	static boolean carries(ServletRequest request) {
		ServletRequest layer = request;
		while (isAddress(layer.getLocalAddr()) && isAddress(layer.getRemoteAddr())) {
			if (!(layer instanceof ServletRequestWrapper wrapper)) {
				return true;
			}
			layer = wrapper.getRequest();
		}
		return false;
	}

}
