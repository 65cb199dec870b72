package io.omnipaxos.autoconfigure.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.Transport.LocalNode;
import io.omnipaxos.node.wire.FrameFormat;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a node sends to one peer. The peer's name is resolved for each
 * connection.
 */
final class StreamClient {

	private final HttpClient http;

	private final LocalNode self;

	private final NodeId peer;

	private final PeerRecognition recognition;

	private final URI uri;

	private final Duration answerTimeout;

	// Higher than the numbers before a restart: streams are opened less than once a
	// millisecond.
	private final AtomicLong number = new AtomicLong(System.currentTimeMillis());

	StreamClient(HttpClient http, LocalNode self, NodeId peer, PeerRecognition recognition, URI uri,
			Duration answerTimeout) {
		this.http = http;
		this.self = self;
		this.peer = peer;
		this.recognition = recognition;
		this.uri = uri;
		this.answerTimeout = answerTimeout;
	}

	NodeId peer() {
		return this.peer;
	}

	URI uri() {
		return this.uri;
	}

	/** Returns what the next stream opens with. */
	StreamOpening nextOpening() {
		return new StreamOpening(this.self.cluster(), this.self.pid(), this.peer, this.self.configurationId(),
				this.self.storageId(), this.number.incrementAndGet());
	}

	/**
	 * Asks whether the peer would take a stream: the client tells what is answered to a
	 * stream only when the stream has ended.
	 */
	CompletableFuture<StreamAnswer> ask(StreamOpening opening) {
		return send(request(opening).timeout(this.answerTimeout).GET()).thenApply(StreamAnswer::of);
	}

	/**
	 * Returns why a stream is not opened to the peer that gave an answer, or {@code null}
	 * if it may be.
	 */
	@Nullable String objectionTo(StreamAnswer answer) {
		String storageId = answer.storageId();
		if (storageId == null) {
			return null;
		}
		try {
			this.recognition.check(this.peer, storageId);
			return null;
		}
		catch (StreamRefusedException ex) {
			return ex.describe();
		}
	}

	/** Opens a stream; completes when it has ended, and cuts it off when cancelled. */
	CompletableFuture<HttpResponse<String>> open(StreamOpening opening, OutgoingStream body) {
		return send(request(opening).header("Content-Type", FrameFormat.CBOR.mediaType()).POST(body));
	}

	private HttpRequest.Builder request(StreamOpening opening) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.uri);
		opening.write(request);
		return request;
	}

	private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
		return this.http.sendAsync(request.build(), (response) -> new LimitedText());
	}

}
