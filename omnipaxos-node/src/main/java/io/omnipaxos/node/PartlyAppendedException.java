package io.omnipaxos.node;

import java.util.List;

/**
 * Of entries that were appended together, the first ones are decided, and the others
 * certainly not: a stop-sign of another node came to stand between them.
 */
public class PartlyAppendedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	// What an exception holds must be serializable, which a list need not be.
	private final transient List<Appended> appended;

	public PartlyAppendedException(List<Appended> appended, int entries) {
		super("A stop-sign has ended the log after %d of the %d entries; append the others to the next configuration"
			.formatted(appended.size(), entries));
		this.appended = List.copyOf(appended);
	}

	/** Returns where the entries stand that are decided: the first ones, in order. */
	public List<Appended> appended() {
		return this.appended;
	}

}
