package io.omnipaxos.test.simulation;

/**
 * How slow a disk is.
 *
 * @param slow share of writes that take time, 0 to 1; the others are done at once
 * @param maxDelay longest write, in units of time
 */
public record DiskFaults(double slow, int maxDelay) {

	/** Every write is done at once. */
	public static final DiskFaults NONE = new DiskFaults(0, 1);

	public DiskFaults {
		if (maxDelay < 1) {
			throw new IllegalArgumentException("A slow write takes at least one unit of time, not " + maxDelay);
		}
	}

}
