package io.omnipaxos.test.simulation;

/**
 * What becomes of one message.
 *
 * @param delay units of time until it arrives, or -1 when it is lost
 * @param copyDelay units of time until it arrives once more, or -1 when it does not
 */
public record Fate(int delay, int copyDelay) {

	/** Arrives once, as soon as possible. */
	public static final Fate ARRIVES = new Fate(1, -1);

	/** Never arrives. */
	public static final Fate LOST = new Fate(-1, -1);

	/** Returns whether the message never arrives. */
	public boolean isLost() {
		return this.delay < 0;
	}

	/** Returns whether the message arrives twice. */
	public boolean isDuplicated() {
		return this.copyDelay >= 0;
	}

}
