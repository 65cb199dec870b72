package io.omnipaxos.autoconfigure.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.Transport.LocalNode;
import io.omnipaxos.node.wire.FrameFormat;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a node sends to one peer. The peer's name is resolved for each
 * connection.
 */
final class StreamClient {

	private final PeerHttp http;

	private final LocalNode self;

	private final NodeId peer;

	private final PeerRecognition recognition;

	private final URI uri;

	private final Duration answerTimeout;

	// Higher than the numbers before a restart, as streams are opened less than once a
	// millisecond. Unless the clock has gone back: then a former stream that the peer
	// takes for open still has to be found lost, before another is taken.
	private final AtomicLong number = new AtomicLong(System.currentTimeMillis());

	StreamClient(PeerHttp http, LocalNode self, NodeId peer, PeerRecognition recognition, URI uri,
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

	/** Returns what opens the next stream. */
	StreamRequest nextRequest() {
		StreamOpening opening = new StreamOpening(this.self.cluster(), this.self.pid(), this.peer,
				this.self.configurationId(), Members.of(this.self.config().cluster()), this.self.storageId(),
				this.number.incrementAndGet());
		return new StreamRequest(this, StreamHandshake.begin(opening, System.currentTimeMillis()), this.http.secret());
	}

	HttpRequest.Builder request(StreamOpening opening) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.uri);
		opening.write(request);
		return request;
	}

	CompletableFuture<StreamAnswer> ask(HttpRequest.Builder request) {
		CompletableFuture<HttpResponse<String>> exchange = send(request.timeout(this.answerTimeout).GET());
		// The client's own timeout ends with the headers of the answer.
		return exchange.thenApply(StreamAnswer::of)
			.orTimeout(2 * this.answerTimeout.toNanos(), TimeUnit.NANOSECONDS)
			.whenComplete((answer, failure) -> exchange.cancel(true));
	}

	CompletableFuture<HttpResponse<String>> open(HttpRequest.Builder request, OutgoingStream body) {
		return send(request.header("Content-Type", FrameFormat.CBOR.mediaType()).POST(body));
	}

	private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
		return this.http.client(this.peer).sendAsync(request.build(), (response) -> new LimitedText());
	}

	/** Returns why nobody could be asked, for a human. */
	String describe(@Nullable Throwable failure) {
		// Java tells of it without a word.
		if (Causes.find(UnresolvedAddressException.class, failure) != null) {
			return "the name '%s' has no address. Check 'omnipaxos.peers.%d'".formatted(this.uri.getHost(),
					this.peer.value());
		}
		return StreamAttempt.describe(failure);
	}

	/**
	 * Checks whether a node gave an answer, whichever it is. An application may have a
	 * page for whatever it is asked.
	 * @throws StreamRefusedException if it was something else
	 */
	void checkNode(StreamAnswer answer) throws StreamRefusedException {
		if (answer.status() != HttpServletResponse.SC_NO_CONTENT || answer.storageId().isEmpty()) {
			throw new StreamRefusedException(421, "No OmniPaxos node answers at %s".formatted(this.uri),
					"Check 'omnipaxos.peers.%d'.".formatted(this.peer.value()));
		}
	}

	/**
	 * Checks whether whoever gave an answer is the peer, and may be spoken to.
	 * @throws StreamRefusedException if it is another, or had another storage before
	 */
	void check(StreamAnswer answer) throws StreamRefusedException {
		this.http.checkServer(this.peer, answer.certificates());
		this.recognition.check(this.peer, answer.storageId());
	}

}
