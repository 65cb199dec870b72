package io.omnipaxos.test.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

import io.omnipaxos.core.model.NodeId;

/**
 * Draws every fate from one seed. Each link and each disk has a stream of its own, so
 * that what happens on one leaves the others as they were.
 */
public final class RandomChance implements Chance {

	private final long seed;

	private final Map<Way, SplittableRandom> streams = new HashMap<>();

	public RandomChance(long seed) {
		this.seed = seed;
	}

	@Override
	public Fate message(NodeId from, NodeId to, long number, LinkFaults faults) {
		if (faults == LinkFaults.NONE) {
			return Fate.ARRIVES;
		}
		SplittableRandom random = stream(from, to);
		if (random.nextDouble() < faults.loss()) {
			return Fate.LOST;
		}
		int delay = delay(random, faults);
		int copyDelay = (random.nextDouble() < faults.duplication()) ? delay(random, faults) : -1;
		return (delay == 1 && copyDelay < 0) ? Fate.ARRIVES : new Fate(delay, copyDelay);
	}

	@Override
	public int disk(NodeId node, long number, DiskFaults faults) {
		if (faults == DiskFaults.NONE) {
			return 0;
		}
		SplittableRandom random = stream(node, NodeId.NONE);
		return (random.nextDouble() < faults.slow()) ? 1 + random.nextInt(faults.maxDelay()) : 0;
	}

	private static int delay(SplittableRandom random, LinkFaults faults) {
		return (random.nextDouble() < faults.delay()) ? 1 + random.nextInt(faults.maxDelay()) : 1;
	}

	private SplittableRandom stream(NodeId from, NodeId to) {
		return this.streams.computeIfAbsent(new Way(from, to),
				(way) -> new SplittableRandom(scatter(scatter(scatter(this.seed) + from.value()) + to.value())));
	}

	/**
	 * All streams of {@link SplittableRandom} go the same way, in steps of one size: of
	 * seeds that lie a few steps apart, one stream is the rest of the other.
	 */
	private static long scatter(long seed) {
		return new SplittableRandom(seed).nextLong();
	}

	private record Way(NodeId from, NodeId to) {
	}

}
