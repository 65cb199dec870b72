package io.omnipaxos.autoconfigure.http;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.Ssl.ClientAuth;

/**
 * A certificate authority, whose keys are made with the JDK's {@code keytool}.
 */
final class TestAuthority {

	static final String PASSWORD = "changeit";

	private static final String CA = "ca";

	private final Path directory;

	private final String name;

	private int issued;

	TestAuthority(Path directory, String name) {
		this.directory = directory;
		this.name = name;
		genkeypair("-alias", CA, "-dname", "CN=" + name, "-ext", "bc:c");
		save(store("trust"), (trusted, own) -> trusted.setCertificateEntry(CA, own.getCertificate(CA)));
	}

	/** Returns a key store with a certificate for the loopback address and a name. */
	Path issue(String subject, String... validity) {
		return issueWith(subject, "dns:" + subject + ",ip:127.0.0.1", validity);
	}

	/** Returns a key store with a certificate for a name that is no address. */
	Path issueForNameOnly(String subject) {
		return issueWith(subject, "dns:" + subject);
	}

	private Path issueWith(String subject, String names, String... validity) {
		String alias = subject + "-" + this.issued++;
		List<String> arguments = new ArrayList<>(
				List.of("-alias", alias, "-dname", "CN=ignored", "-signer", CA, "-ext", "san=" + names));
		arguments.addAll(List.of(validity));
		genkeypair(arguments.toArray(String[]::new));
		return save(store(alias), (issued, own) -> issued.setKeyEntry(alias, own.getKey(alias, PASSWORD.toCharArray()),
				PASSWORD.toCharArray(), own.getCertificateChain(alias)));
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

	/** Returns what a web server speaks TLS with that asks for certificates of this. */
	Ssl server(Path keyStore) {
		Ssl ssl = new Ssl();
		ssl.setClientAuth(ClientAuth.WANT);
		ssl.setKeyStore(keyStore.toUri().toString());
		ssl.setKeyStorePassword(PASSWORD);
		ssl.setTrustStore(trustStore().toUri().toString());
		ssl.setTrustStorePassword(PASSWORD);
		return ssl;
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

	/** Makes a store of what this authority's own has. */
	private Path save(String file, Selection selection) {
		try {
			KeyStore selected = KeyStore.getInstance("PKCS12");
			selected.load(null, null);
			selection.select(selected, KeyStore.getInstance(new File(store("own")), PASSWORD.toCharArray()));
			Path path = Path.of(file);
			try (OutputStream out = Files.newOutputStream(path)) {
				selected.store(out, PASSWORD.toCharArray());
			}
			return path;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void genkeypair(String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
						"-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-genkeypair"));
		command.addAll(List.of(arguments));
		command.addAll(
				List.of("-keyalg", "EC", "-keystore", store("own"), "-storepass", PASSWORD, "-storetype", "PKCS12"));
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

	@FunctionalInterface
	private interface Selection {

		void select(KeyStore selected, KeyStore own) throws GeneralSecurityException;

	}

}
