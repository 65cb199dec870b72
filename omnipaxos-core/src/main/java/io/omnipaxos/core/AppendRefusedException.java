package io.omnipaxos.core;

/**
 * An entry was certainly not appended, and never will be unless it is appended again.
 * Reads that are refused for the same reason fail with the same types, and have read
 * nothing.
 */
public abstract class AppendRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	protected AppendRefusedException(String message) {
		super(message);
	}

}
