package io.omnipaxos.node.wire;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * A frame could not be written or read. Where the next frame begins is not known after
 * that, so the stream has to end.
 */
public class FrameException extends IOException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	FrameException(Reason reason, String message) {
		this(reason, message, null);
	}

	FrameException(Reason reason, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.reason = reason;
	}

	static FrameException malformed(String message) {
		return new FrameException(Reason.MALFORMED, message);
	}

	/** Returns what is wrong with the frame. */
	public Reason reason() {
		return this.reason;
	}

	/** What can be wrong with a frame. */
	public enum Reason {

		/** It is not what a frame looks like. */
		MALFORMED,

		/** The stream ended in the middle of it. */
		TRUNCATED,

		/** It exceeds the limit, in bytes or in what it would take in memory. */
		TOO_LARGE

	}

}
