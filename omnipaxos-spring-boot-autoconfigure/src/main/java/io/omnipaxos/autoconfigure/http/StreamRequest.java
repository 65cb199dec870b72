package io.omnipaxos.autoconfigure.http;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

import io.omnipaxos.node.wire.FrameFormat;
import org.jspecify.annotations.Nullable;

/**
 * The two requests that open one stream: the question whether the peer would take it, for
 * the client tells what is answered to a stream only when the stream has ended; and the
 * stream.
 */
final class StreamRequest {

	private final StreamClient client;

	private final StreamHandshake handshake;

	private final @Nullable StreamSecret secret;

	/**
	 * Creates the requests, which are not sent yet.
	 * @param client what sends them
	 * @param handshake what is said
	 * @param secret secret to prove, and to have proven by the peer, or {@code null}
	 */
	StreamRequest(StreamClient client, StreamHandshake handshake, @Nullable StreamSecret secret) {
		this.client = client;
		this.handshake = handshake;
		this.secret = secret;
	}

	/** Asks whether the peer would take the stream. */
	CompletableFuture<StreamAnswer> ask() {
		HttpRequest.Builder request = this.client.request(this.handshake.opening());
		if (this.secret != null) {
			this.handshake.write(request, this.secret.prove(this.handshake.question()));
		}
		return this.client.ask(request);
	}

	/**
	 * Returns why the stream is not opened to the peer that gave an answer, or
	 * {@code null} if it may be.
	 */
	@Nullable String objectionTo(StreamAnswer answer) {
		try {
			this.client.checkNode(answer);
			checkProof(answer);
			this.client.check(answer);
			return null;
		}
		catch (StreamRefusedException ex) {
			return ex.describe();
		}
	}

	/**
	 * Returns why nothing was said at all to whoever there is in the place of the peer,
	 * or {@code null} if there is nobody.
	 */
	static @Nullable String objectionIn(@Nullable Throwable failure) {
		StreamRefusedException refusal = StreamRefusedException.in(failure);
		return (refusal != null) ? refusal.describe() : null;
	}

	private void checkProof(StreamAnswer answer) throws StreamRefusedException {
		if (this.secret != null && !this.secret.isProven(this.handshake.answer(answer.challenge(), answer.storageId()),
				answer.proof())) {
			throw StreamHandshake.unproven("It does not prove that it knows the secret of this node");
		}
	}

	/** Opens the stream; completes when it has ended, and cuts it off when cancelled. */
	CompletableFuture<HttpResponse<String>> open(StreamAnswer answer, OutgoingStream body) {
		HttpRequest.Builder request = this.client.request(this.handshake.opening());
		if (this.secret != null) {
			request.setHeader(StreamHandshake.CHALLENGE, answer.challenge());
			this.handshake.write(request,
					this.secret.prove(this.handshake.stream(answer.challenge(), answer.storageId(), FrameFormat.CBOR)));
		}
		return this.client.open(request, body);
	}

}
