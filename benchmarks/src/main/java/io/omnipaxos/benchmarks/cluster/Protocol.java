package io.omnipaxos.benchmarks.cluster;

/** First words of the lines between the benchmark and its nodes. */
final class Protocol {

	/** Answer: the node has started; pids of processes that help it follow. */
	static final String READY = "ready";

	/** Answer: the node can't go on; the reason follows. */
	static final String FAILED = "failed";

	/** Order, and its answer: whether the node leads. */
	static final String LEADS = "leads";

	/**
	 * Order: outstanding appends, bytes an entry, seconds to warm up, seconds to measure.
	 */
	static final String RUN = "run";

	/** Answer: warmed up. */
	static final String MEASURING = "measuring";

	/** Answer: what counts is over. */
	static final String MEASURED = "measured";

	/** Answer: a {@link Sample}. */
	static final String RESULT = "result";

	/** Order: whether to collect garbage before. Answer: a {@link NodeStatus}. */
	static final String STATUS = "status";

	/**
	 * Order: append so many entries a second, of so many bytes, from now on. Answer:
	 * done.
	 */
	static final String PACE = "pace";

	/** Order, and its answer: a {@link Sample} of the steady load since the last one. */
	static final String LATENCIES = "latencies";

	/** Order: stop. */
	static final String EXIT = "exit";

	private Protocol() {
	}

}
