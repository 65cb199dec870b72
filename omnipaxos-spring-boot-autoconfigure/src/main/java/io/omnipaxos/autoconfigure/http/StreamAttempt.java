package io.omnipaxos.autoconfigure.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

/**
 * One stream to a peer, from its request to its end.
 */
final class StreamAttempt {

	private final OutgoingStream stream;

	private final CompletableFuture<StreamAnswer> answer;

	private final long begunNanos = System.nanoTime();

	private volatile boolean open;

	private volatile @Nullable String abortReason;

	/**
	 * Creates an attempt.
	 * @param stream body of the request
	 * @param answer answer to it, whose cancellation cuts the connection
	 */
	StreamAttempt(OutgoingStream stream, CompletableFuture<StreamAnswer> answer) {
		this.stream = stream;
		this.answer = answer;
	}

	OutgoingStream stream() {
		return this.stream;
	}

	CompletableFuture<StreamAnswer> answer() {
		return this.answer;
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

	/** Breaks the stream off. */
	void abort(String reason) {
		if (this.answer.isDone()) {
			return;
		}
		this.abortReason = reason;
		this.stream.abort(reason);
		// A connection that is stuck does not even take the failure.
		this.answer.cancel(true);
	}

	/**
	 * Returns why the stream has ended, for a human.
	 * @param last answer of the peer, if there is one
	 * @param failure what broke the stream, if something did
	 */
	String describeEnd(@Nullable StreamAnswer last, @Nullable Throwable failure) {
		String reason = this.abortReason;
		if (reason != null) {
			return "is not answering: " + reason;
		}
		return (last != null) ? "ended the stream: " + last : "was lost: " + describe(failure);
	}

	static String describe(@Nullable Throwable failure) {
		boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
		return String.valueOf(wrapped ? failure.getCause() : failure);
	}

}
