package io.omnipaxos.core;

/** Checks what must hold at any time; what breaks it stops the replica. */
final class Invariant {

	private Invariant() {
	}

	static void check(boolean holds, String rule, Object... details) {
		if (!holds) {
			throw broken(rule, details);
		}
	}

	static InvariantViolation broken(String rule, Object... details) {
		return new InvariantViolation(rule.formatted(details));
	}

	/** The replica contradicts itself and must not go on. */
	static final class InvariantViolation extends IllegalStateException {

		private static final long serialVersionUID = 1L;

		InvariantViolation(String message) {
			super(message);
		}

	}

}
