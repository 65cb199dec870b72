package io.omnipaxos.autoconfigure.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that the nodes of a cluster share. It never travels; what travels are proofs
 * of it, each over everything that was said so far.
 */
final class StreamSecret {

	private static final String ALGORITHM = "HmacSHA256";

	private static final int NONCE_BYTES = 24;

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

	private final SecretKeySpec key;

	StreamSecret(String secret) {
		this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
	}

	/** Returns a text that nobody can foresee, and that never comes again. */
	static String nonce() {
		byte[] bytes = new byte[NONCE_BYTES];
		RANDOM.nextBytes(bytes);
		return BASE64.encodeToString(bytes);
	}

	/**
	 * Proves that the secret is known to whoever says this.
	 * @param said what is said; each part is told apart from the next by its length
	 */
	String prove(List<String> said) {
		return BASE64.encodeToString(mac(said));
	}

	/** Returns whether a proof is one of this secret, in a time that tells nothing. */
	boolean isProven(List<String> said, String proof) {
		return MessageDigest.isEqual(prove(said).getBytes(StandardCharsets.UTF_8),
				proof.getBytes(StandardCharsets.UTF_8));
	}

	private byte[] mac(List<String> said) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			for (String part : said) {
				byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
				mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
				mac.update(bytes);
			}
			return mac.doFinal();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform knows " + ALGORITHM, ex);
		}
	}

}
