package io.omnipaxos.test.linearizability;

/**
 * What one client asked of an object, when, and what it was told. Times are of any unit,
 * the same for all operations.
 *
 * @param <A> what can be asked and answered
 * @param invoked when it was asked
 * @param returned when the answer came; {@link #NEVER} when none came, and the operation
 * may or may not have been done, then or at any later time
 * @param action what was asked and answered
 */
public record Operation<A>(long invoked, long returned, A action) {

	/** Stands for an answer that never came. */
	public static final long NEVER = Long.MAX_VALUE;

	public Operation {
		if (returned < invoked) {
			throw new IllegalArgumentException(
					"Nothing returns at %d that is invoked at %d".formatted(returned, invoked));
		}
	}

	/** Returns whether an answer came. */
	public boolean isComplete() {
		return this.returned != NEVER;
	}

}
