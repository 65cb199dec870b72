package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;

/**
 * A certificate authority, whose key stores are made with the JDK's {@code keytool} as
 * the documentation shows.
 */
final class TestAuthority {

	static final String PASSWORD = "changeit";

	private final Path directory;

	private final String name;

	private int issued;

	TestAuthority(Path directory, String name) {
		this.directory = directory;
		this.name = name;
		keytool("-genkeypair", "-alias", "ca", "-dname", "CN=" + name, "-ext", "bc:c", "-keystore", store("ca"));
		keytool("-exportcert", "-alias", "ca", "-rfc", "-keystore", store("ca"), "-file", file("ca.pem"));
		keytool("-importcert", "-noprompt", "-alias", "ca", "-file", file("ca.pem"), "-keystore", store("trust"));
	}

	/** Returns a key store with a certificate for the loopback address and a name. */
	Path issue(String subject, String... validity) {
		String keys = subject + "-" + this.issued++;
		String store = store(keys);
		keytool("-genkeypair", "-alias", "node", "-dname", "CN=ignored", "-keystore", store);
		keytool("-certreq", "-alias", "node", "-keystore", store, "-file", file(keys + ".csr"));
		List<String> sign = new ArrayList<>(List.of("-gencert", "-alias", "ca", "-keystore", store("ca"), "-rfc",
				"-ext", "san=dns:" + subject + ",ip:127.0.0.1", "-infile", file(keys + ".csr"), "-outfile",
				file(keys + ".pem")));
		sign.addAll(List.of(validity));
		keytool(sign.toArray(String[]::new));
		keytool("-importcert", "-noprompt", "-alias", "ca", "-file", file("ca.pem"), "-keystore", store);
		keytool("-importcert", "-alias", "node", "-file", file(keys + ".pem"), "-keystore", store);
		return Path.of(store);
	}

	Path trustStore() {
		return Path.of(store("trust"));
	}

	/** Returns a bundle that trusts this authority. */
	SslBundle bundle(Path keyStore) {
		return bundle(details(keyStore));
	}

	/** Returns a bundle that trusts this authority, and has no key. */
	SslBundle bundleWithoutKey() {
		return SslBundle
			.of(SslStoreBundle.of(null, null, new JksSslStoreBundle(null, details(trustStore())).getTrustStore()));
	}

	private SslBundle bundle(JksSslStoreDetails keys) {
		return SslBundle.of(new JksSslStoreBundle(keys, details(trustStore())));
	}

	private static JksSslStoreDetails details(Path store) {
		return new JksSslStoreDetails("PKCS12", null, store.toUri().toString(), PASSWORD);
	}

	private String store(String subject) {
		return file(subject + ".p12");
	}

	private String file(String file) {
		return this.directory.resolve(this.name + "-" + file).toString();
	}

	private static void keytool(String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
		command.addAll(List.of(arguments));
		command.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12"));
		if (List.of("-genkeypair").contains(arguments[0])) {
			command.addAll(List.of("-keyalg", "EC"));
		}
		try {
			Path output = Files.createTempFile("keytool", ".log");
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			if (process.waitFor() != 0) {
				throw new IllegalStateException(command + ": " + Files.readString(output));
			}
			Files.delete(output);
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
