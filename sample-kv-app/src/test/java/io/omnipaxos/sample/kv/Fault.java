package io.omnipaxos.sample.kv;

import java.time.Duration;
import java.util.Random;

/**
 * Something bad that is done to a cluster while clients work at all of its nodes.
 *
 * @param name what it is, for the report
 * @param leastNodes smallest cluster in which it means anything
 * @param length how long it lasts
 * @param strike how it begins
 */
record Fault(String name, int leastNodes, Duration length, Strike strike) {

	/** Begins a fault. */
	interface Strike {

		/** Does something bad, and returns what makes it good again. */
		Relief on(SampleCluster cluster, Random random);

	}

	/** Ends a fault; nodes may still be starting when it returns. */
	interface Relief {

		void come();

	}

}
