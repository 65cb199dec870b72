package io.omnipaxos.autoconfigure.http;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

/**
 * One stream to a peer, from its request to its end.
 */
final class StreamAttempt {

	private final OutgoingStream stream;

	private final CompletableFuture<HttpResponse<String>> exchange;

	private final long begunNanos = System.nanoTime();

	private volatile boolean open;

	private volatile @Nullable String givenUpFor;

	/**
	 * Creates an attempt.
	 * @param stream body of the request
	 * @param exchange the request itself, whose cancellation cuts the connection
	 */
	StreamAttempt(OutgoingStream stream, CompletableFuture<HttpResponse<String>> exchange) {
		this.stream = stream;
		this.exchange = exchange;
	}

	OutgoingStream stream() {
		return this.stream;
	}

	/** Completes with what the peer has answered when the stream had ended. */
	CompletableFuture<StreamAnswer> answer() {
		return this.exchange.thenApply(StreamAnswer::of);
	}

	void opened() {
		this.open = true;
	}

	/** Returns whether messages can leave. */
	boolean isOpen() {
		return this.open;
	}

	long ageNanos() {
		return System.nanoTime() - this.begunNanos;
	}

	/** Ends the stream in order, because something is wrong. */
	void giveUp(String reason) {
		this.givenUpFor = reason;
		this.stream.leave();
	}

	/** Returns whether this node has ended the stream, or broken it off, for a reason. */
	boolean isGivenUp() {
		return this.givenUpFor != null;
	}

	/** Breaks the stream off. */
	void abort(String reason) {
		if (this.exchange.isDone()) {
			return;
		}
		this.givenUpFor = reason;
		this.stream.abort(reason);
		// A connection that is stuck does not even take the failure.
		this.exchange.cancel(true);
	}

	/**
	 * Returns why the stream has ended, for a human.
	 * @param last answer of the peer, if there is one
	 * @param failure what broke the stream, if something did
	 */
	String describeEnd(@Nullable StreamAnswer last, @Nullable Throwable failure) {
		String reason = this.givenUpFor;
		if (reason != null) {
			return "is not answering: " + reason;
		}
		if (last == null) {
			return "was lost: " + describe(failure);
		}
		return last.isAccepted() ? "has ended the streams" : "ended the stream: " + last;
	}

	static String describe(@Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : null;
		return String.valueOf((cause != null) ? cause : failure);
	}

}
