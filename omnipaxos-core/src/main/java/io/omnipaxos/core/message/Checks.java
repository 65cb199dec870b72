package io.omnipaxos.core.message;

/** What every message can check of itself. */
final class Checks {

	private Checks() {
	}

	static void index(long index) {
		if (index < 0) {
			throw new IllegalArgumentException("An index must not be negative: " + index);
		}
	}

	static void range(long from, int length) {
		index(from);
		Math.addExact(from, length);
	}

}
