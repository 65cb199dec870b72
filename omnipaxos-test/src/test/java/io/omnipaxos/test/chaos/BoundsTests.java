package io.omnipaxos.test.chaos;

import io.omnipaxos.test.chaos.ReachedBounds.Bound;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where limits are tiny, random runs come up against every one of them, and the
 * invariants hold.
 */
class BoundsTests {

	private static final int SEEDS = 6;

	@Test
	void everyBoundIsReached() {
		Profile profile = Profile
			.named("tiny_limits,long_entries,snapshots,trims,loss,delay,partitions,cuts,crashes,slow_disks");
		ReachedBounds bounds = new ReachedBounds();

		for (long seed = 1; seed <= SEEDS; seed++) {
			new RandomRun(seed, profile, 0).run(bounds);
		}

		assertThat(bounds.reached()).containsOnlyKeys(Bound.values());
	}

}
