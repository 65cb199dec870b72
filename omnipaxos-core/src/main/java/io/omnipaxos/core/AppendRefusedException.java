package io.omnipaxos.core;

/**
 * An entry was certainly not appended, and never will be unless it is appended again.
 */
public abstract class AppendRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	protected AppendRefusedException(String message) {
		super(message);
	}

}
