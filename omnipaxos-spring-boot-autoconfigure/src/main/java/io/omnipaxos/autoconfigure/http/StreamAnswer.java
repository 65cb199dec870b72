package io.omnipaxos.autoconfigure.http;

import java.net.http.HttpResponse;

/**
 * What a peer answers to a stream, or to the question whether it would take one.
 *
 * @param status HTTP status
 * @param text beginning of the body
 */
record StreamAnswer(int status, String text) {

	static StreamAnswer of(HttpResponse<String> response) {
		return new StreamAnswer(response.statusCode(), response.body());
	}

	boolean isAccepted() {
		return this.status / 100 == 2;
	}

	/** Returns whether the peer does not run yet, or not any more. */
	boolean isTemporary() {
		return this.status == 503;
	}

	@Override
	public String toString() {
		return this.text.isBlank() ? "status " + this.status : "status %d, %s".formatted(this.status, this.text);
	}

}
