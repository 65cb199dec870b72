package io.omnipaxos.test.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a list shorter as long as it still fails: leaves out halves, then quarters, down
 * to single elements.
 *
 * @param <E> type of the elements
 */
final class Shrinker<E> {

	private final Predicate<List<E>> fails;

	private final long end;

	/**
	 * Creates a shrinker.
	 * @param fails tells whether a list still fails
	 * @param time how long it may go on
	 */
	Shrinker(Predicate<List<E>> fails, Duration time) {
		this.fails = fails;
		this.end = System.nanoTime() + time.toNanos();
	}

	private boolean hasTime() {
		return System.nanoTime() - this.end < 0;
	}

	List<E> shrink(List<E> failing) {
		List<E> shortest = failing;
		int chunk = Math.max(1, shortest.size() / 2);
		while (hasTime()) {
			List<E> shorter = withoutChunks(shortest, chunk);
			boolean done = chunk == 1 && shorter.size() == shortest.size();
			shortest = shorter;
			if (done) {
				break;
			}
			chunk = Math.max(1, chunk / 2);
		}
		return shortest;
	}

	private List<E> withoutChunks(List<E> failing, int chunk) {
		List<E> shortest = failing;
		int from = shortest.size() - chunk;
		while (from > -chunk && hasTime()) {
			int start = Math.max(0, from);
			List<E> candidate = new ArrayList<>(shortest.subList(0, start));
			candidate.addAll(shortest.subList(Math.min(shortest.size(), from + chunk), shortest.size()));
			if (this.fails.test(candidate)) {
				shortest = candidate;
			}
			from -= chunk;
		}
		return shortest;
	}

}
