package io.omnipaxos.test.simulation;

import org.jspecify.annotations.Nullable;

/**
 * The protocol has done what it must never do.
 */
public class InvariantViolation extends AssertionError {

	private static final long serialVersionUID = 1L;

	private final String rule;

	public InvariantViolation(String rule, String message, @Nullable Throwable cause) {
		super(rule + ": " + message, cause);
		this.rule = rule;
	}

	/** Returns which rule was broken, in a few words that are the same every time. */
	public String rule() {
		return this.rule;
	}

}
