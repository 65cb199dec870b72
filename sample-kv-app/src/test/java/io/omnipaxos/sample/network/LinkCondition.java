package io.omnipaxos.sample.network;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How well bytes pass in one direction.
 *
 * @param open whether they pass at all; if not they wait, as they would for a
 * retransmission
 * @param latency how long each takes
 * @param loss share of the segments that are lost. TCP sends them again, so whatever
 * follows waits for that
 * @param bytesPerSecond how many pass in a second
 */
public record LinkCondition(boolean open, Duration latency, double loss, int bytesPerSecond) {

	/** Everything passes at once. */
	public static final LinkCondition GOOD = new LinkCondition(true, Duration.ZERO, 0, Integer.MAX_VALUE);

	/** Nothing passes, and nobody is told. */
	public static final LinkCondition CUT = new LinkCondition(false, Duration.ZERO, 0, Integer.MAX_VALUE);

	/** Least time that a TCP waits before it sends a segment again, on Linux. */
	private static final Duration RETRANSMISSION_TIMEOUT = Duration.ofMillis(200);

	/** Returns a condition in which everything is late, and some of it much later. */
	public static LinkCondition slow(Duration latency, double loss) {
		return new LinkCondition(true, latency, loss, Integer.MAX_VALUE);
	}

	/** Returns a condition in which next to nothing passes. */
	public static LinkCondition trickling(int bytesPerSecond) {
		return new LinkCondition(true, Duration.ZERO, 0, bytesPerSecond);
	}

	/** Returns how long one segment takes, in nanoseconds. */
	long nanos(RandomGenerator random) {
		long once = this.latency.toNanos();
		boolean lost = this.loss > 0 && random.nextDouble() < this.loss;
		return lost ? 3 * once + RETRANSMISSION_TIMEOUT.toNanos() : once;
	}

}
