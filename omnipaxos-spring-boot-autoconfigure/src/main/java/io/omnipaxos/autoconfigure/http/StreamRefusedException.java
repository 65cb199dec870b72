package io.omnipaxos.autoconfigure.http;

import org.jspecify.annotations.Nullable;

/**
 * A peer stream is not taken, or not any longer.
 */
class StreamRefusedException extends Exception {

	private static final long serialVersionUID = 1L;

	private final int status;

	private final String action;

	/**
	 * Creates an exception that tells the other side why.
	 * @param status HTTP status to answer
	 * @param reason what is wrong
	 * @param action what somebody should do about it
	 */
	StreamRefusedException(int status, String reason, String action) {
		super(reason);
		this.status = status;
		this.action = action;
	}

	/** Returns the refusal that a failure comes from, {@code null} if from none. */
	static @Nullable StreamRefusedException in(@Nullable Throwable failure) {
		return Causes.find(StreamRefusedException.class, failure);
	}

	int status() {
		return this.status;
	}

	String reason() {
		return String.valueOf(getMessage());
	}

	String action() {
		return this.action;
	}

	/** Returns all that can be told without a status, without a full stop at its end. */
	String describe() {
		return StreamProblem.describe(reason(), this.action);
	}

}
