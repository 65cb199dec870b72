package io.omnipaxos.test.linearizability;

import java.util.List;

/**
 * What one client asked of a log, when, and what it was told. Times are of any unit, the
 * same for all operations.
 *
 * @param invoked when it was asked
 * @param returned when the answer came; {@link #NEVER} when none came, and the operation
 * may or may not have been done, then or at any later time
 * @param kind what was asked and answered
 */
public record Operation(long invoked, long returned, Kind kind) {

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

	/** What can be asked of a log. */
	public sealed interface Kind {

		/** Appends a value, which nobody else ever appends. */
		record Append(String value) implements Kind {
		}

		/** Reads the whole log. */
		record Read(List<String> values) implements Kind {

			public Read {
				values = List.copyOf(values);
			}

		}

	}

}
