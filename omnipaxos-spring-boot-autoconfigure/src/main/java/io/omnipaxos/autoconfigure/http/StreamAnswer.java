package io.omnipaxos.autoconfigure.http;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.security.cert.Certificate;
import java.util.Map;
import javax.net.ssl.SSLPeerUnverifiedException;

import org.jspecify.annotations.Nullable;

/**
 * What a peer answers to a stream, or to the question whether it would take one.
 *
 * @param status HTTP status
 * @param text what it says, for a human
 * @param handshake its part of the handshake, by the names of the headers
 * @param certificates certificates that it showed, or {@code null} if it showed none
 */
record StreamAnswer(int status, String text, Map<String, String> handshake, Certificate @Nullable [] certificates) {

	/** There was no stream, and so no answer. */
	static final StreamAnswer NONE = new StreamAnswer(0, "", Map.of(), null);

	static StreamAnswer of(HttpResponse<String> response) {
		HttpHeaders headers = response.headers();
		return new StreamAnswer(response.statusCode(), StreamProblem.describe(response.body()),
				Map.of(StreamOpening.STORAGE, headers.firstValue(StreamOpening.STORAGE).orElse(""),
						StreamHandshake.CHALLENGE, headers.firstValue(StreamHandshake.CHALLENGE).orElse(""),
						StreamHandshake.PROOF, headers.firstValue(StreamHandshake.PROOF).orElse("")),
				certificates(response));
	}

	private static Certificate @Nullable [] certificates(HttpResponse<String> response) {
		try {
			return response.sslSession().isPresent() ? response.sslSession().get().getPeerCertificates() : null;
		}
		catch (SSLPeerUnverifiedException ex) {
			return null;
		}
	}

	boolean isAccepted() {
		return this.status / 100 == 2;
	}

	/** Returns whether the peer does not run yet, or not any more. */
	boolean isTemporary() {
		return this.status == 503;
	}

	/** Returns the identity of the peer's data, empty if it was not told. */
	String storageId() {
		return this.handshake.getOrDefault(StreamOpening.STORAGE, "");
	}

	/** Returns the nonce of the peer, empty if it has sent none. */
	String challenge() {
		return this.handshake.getOrDefault(StreamHandshake.CHALLENGE, "");
	}

	/** Returns the peer's proof of the secret, empty if it has sent none. */
	String proof() {
		return this.handshake.getOrDefault(StreamHandshake.PROOF, "");
	}

	@Override
	public String toString() {
		return this.text.isBlank() ? "status " + this.status : "status %d, %s".formatted(this.status, this.text);
	}

}
