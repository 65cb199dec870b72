package io.omnipaxos.test.simulation;

/**
 * How badly one direction of a link behaves while it is not cut.
 *
 * @param loss share of messages that never arrive, 0 to 1
 * @param duplication share of messages that arrive twice
 * @param delay share of messages that take longer than one unit of time
 * @param maxDelay longest delay, in units of time, {@link SimulatedCluster#TICK} to a
 * tick
 * @param inOrder whether messages keep their order, whatever their delays
 */
public record LinkFaults(double loss, double duplication, double delay, int maxDelay, boolean inOrder) {

	/** Every message arrives once, in order, after one unit of time. */
	public static final LinkFaults NONE = new LinkFaults(0, 0, 0, 1, false);

	public LinkFaults {
		if (maxDelay < 1) {
			throw new IllegalArgumentException("A message takes at least one unit of time, not " + maxDelay);
		}
	}

}
