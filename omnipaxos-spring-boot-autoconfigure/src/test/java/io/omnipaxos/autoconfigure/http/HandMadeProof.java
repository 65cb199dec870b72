package io.omnipaxos.autoconfigure.http;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proofs as the documentation describes them, made without the code that is tested. */
final class HandMadeProof {

	private HandMadeProof() {
	}

	static String question(String secret, Map<String, String> headers) {
		return proof(secret, "question", headers);
	}

	static String answer(String secret, Map<String, String> headers, String challenge, String storage) {
		return proof(secret, "answer", headers, challenge, storage);
	}

	static String stream(String secret, Map<String, String> headers, String challenge, String storage, String type) {
		return proof(secret, "stream", headers, challenge, storage, type);
	}

	private static String proof(String secret, String step, Map<String, String> headers, String... more) {
		try {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			DataOutputStream out = new DataOutputStream(bytes);
			write("omnipaxos " + step, out);
			for (String name : new String[] { "Protocol", "Cluster", "From", "To", "Configuration", "Members",
					"Storage", "Stream", "Time", "Nonce" }) {
				write(headers.getOrDefault("OmniPaxos-" + name, ""), out);
			}
			for (String part : more) {
				write(part, out);
			}
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(bytes.toByteArray()));
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void write(String part, DataOutputStream out) throws IOException {
		byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
		out.writeInt(bytes.length);
		out.write(bytes);
	}

}
