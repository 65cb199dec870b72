package io.omnipaxos.core.model;

/**
 * The three numbers that say how far a node's log is, and by whose word. A promise
 * carries them, and what answers a promise names it by them.
 *
 * @param acceptedRound ballot whose leader's log the node has adopted
 * @param acceptedIndex length of its log
 * @param decidedIndex length of the decided prefix
 */
public record LogPosition(Ballot acceptedRound, long acceptedIndex, long decidedIndex) {

	public LogPosition {
		if (decidedIndex < 0 || acceptedIndex < decidedIndex) {
			throw new IllegalArgumentException(
					"No log has decided %d of %d entries".formatted(decidedIndex, acceptedIndex));
		}
	}

	/**
	 * Returns whether this log is the one a new leader has to adopt before {@code other}.
	 */
	public boolean isMoreUpToDateThan(LogPosition other) {
		int order = this.acceptedRound.compareTo(other.acceptedRound);
		return order > 0 || (order == 0 && this.acceptedIndex > other.acceptedIndex);
	}

}
