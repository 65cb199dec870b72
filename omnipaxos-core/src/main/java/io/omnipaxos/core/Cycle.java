package io.omnipaxos.core;

/**
 * Holds the owner of a replica to the order of calls: inputs, drain, written, inputs.
 */
final class Cycle {

	private boolean begun;

	private boolean writing;

	private boolean input = true;

	void input() {
		mustBeWritten();
		if (!this.begun) {
			throw new IllegalStateException("A new replica has to be drained first");
		}
		this.input = true;
	}

	boolean hasInput() {
		return this.input;
	}

	void drained() {
		mustBeWritten();
		this.writing = true;
		this.input = false;
	}

	/** Returns whether this was the first time. */
	boolean written() {
		if (!this.writing) {
			throw new IllegalStateException("Nothing was drained");
		}
		boolean first = !this.begun;
		this.begun = true;
		this.writing = false;
		return first;
	}

	private void mustBeWritten() {
		if (this.writing) {
			throw new IllegalStateException("What was drained has to be written first");
		}
	}

}
