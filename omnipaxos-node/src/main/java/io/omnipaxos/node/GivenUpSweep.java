package io.omnipaxos.node;

import java.util.Collection;
import java.util.function.Predicate;

/**
 * Keeps a collection of those who wait from filling up with those who have given up:
 * looks through it whenever it has doubled. Not thread-safe.
 */
final class GivenUpSweep {

	private static final int LEAST_SWEPT = 1024;

	private int dueAt = LEAST_SWEPT;

	/** To be called before one is added. */
	<E> void beforeAddingTo(Collection<E> waiting, Predicate<E> hasGivenUp) {
		if (waiting.size() >= this.dueAt) {
			waiting.removeIf(hasGivenUp);
			this.dueAt = Math.max(LEAST_SWEPT, 2 * waiting.size());
		}
	}

}
