package io.omnipaxos.core;

/**
 * Holds the owner of a replica to the order of calls: inputs, drain, written, inputs.
 */
final class Cycle {

	private Phase phase = Phase.NEW;

	private boolean begun;

	private boolean input = true;

	void input() {
		if (this.phase != Phase.OPEN) {
			throw new IllegalStateException((this.phase == Phase.NEW) ? "A new replica has to be drained first"
					: "What was drained has to be written first");
		}
		this.input = true;
	}

	boolean hasInput() {
		return this.input;
	}

	void drained() {
		if (this.phase == Phase.WRITING) {
			throw new IllegalStateException("What was drained has to be written first");
		}
		this.phase = Phase.WRITING;
		this.input = false;
	}

	/** Returns whether this was the first time. */
	boolean written() {
		if (this.phase != Phase.WRITING) {
			throw new IllegalStateException("Nothing was drained");
		}
		boolean first = !this.begun;
		this.begun = true;
		this.phase = Phase.OPEN;
		return first;
	}

	private enum Phase {

		NEW, OPEN, WRITING

	}

}
