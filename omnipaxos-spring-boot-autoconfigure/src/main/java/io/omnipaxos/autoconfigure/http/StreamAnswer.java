package io.omnipaxos.autoconfigure.http;

import java.net.http.HttpResponse;

import org.jspecify.annotations.Nullable;

/**
 * What a peer answers to a stream, or to the question whether it would take one.
 *
 * @param status HTTP status
 * @param text what it says, for a human
 * @param storageId identity of the peer's data, or {@code null} if it was not told
 */
record StreamAnswer(int status, String text, @Nullable String storageId) {

	static StreamAnswer of(HttpResponse<String> response) {
		return new StreamAnswer(response.statusCode(), StreamProblem.describe(response.body()),
				response.headers().firstValue(StreamOpening.STORAGE).orElse(null));
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
