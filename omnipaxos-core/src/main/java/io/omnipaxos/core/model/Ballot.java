package io.omnipaxos.core.model;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Names one attempt by one node to lead the log. Ballots are totally ordered by
 * configuration, number, priority and pid, and a node that has promised a ballot obeys no
 * lower one.
 * <p>
 * The order is consistent with {@code equals}, and the ballots of a later configuration
 * exceed those of every earlier one. The Rust library leaves the configuration out of the
 * order but not out of equality.
 *
 * @param configurationId configuration the ballot belongs to, zero only in {@link #NONE}
 * @param n number of the attempt
 * @param priority preference of the operator, higher wins among equal numbers; fixed when
 * the ballot is made
 * @param pid node that would lead, the tie-breaker
 */
public record Ballot(int configurationId, long n, int priority, NodeId pid) implements Comparable<Ballot> {

	/** Lower than any ballot a node can hold; stands for "nothing promised yet". */
	public static final Ballot NONE = new Ballot(0, 0, 0, NodeId.NONE);

	public Ballot {
		if (configurationId < 0 || n < 0 || priority < 0) {
			throw new IllegalArgumentException(
					"Parts of a ballot must not be negative: c%d n%d p%d".formatted(configurationId, n, priority));
		}
	}

	public boolean isHigherThan(Ballot other) {
		return compareTo(other) > 0;
	}

	/** Returns the higher of two ballots. */
	public static Ballot max(Ballot a, Ballot b) {
		return a.isHigherThan(b) ? a : b;
	}

	@Override
	public int compareTo(Ballot other) {
		int order = Integer.compare(this.configurationId, other.configurationId);
		if (order == 0) {
			order = Long.compare(this.n, other.n);
		}
		if (order == 0) {
			order = Integer.compare(this.priority, other.priority);
		}
		return (order != 0) ? order : this.pid.compareTo(other.pid);
	}

	// Compared for every message: the same ballot is mostly the same object.
	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof Ballot that && compareTo(that) == 0);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.configurationId, this.n, this.priority, this.pid);
	}

	@Override
	public String toString() {
		return "(c%d, %d, p%d, %s)".formatted(this.configurationId, this.n, this.priority, this.pid);
	}

}
