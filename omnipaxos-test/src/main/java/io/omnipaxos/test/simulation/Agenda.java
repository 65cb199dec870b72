package io.omnipaxos.test.simulation;

import java.util.PriorityQueue;

/**
 * What is going to happen, in order. What is due at the same time happens in the order in
 * which it was entered.
 */
final class Agenda {

	/** More at once means that messages breed messages. */
	private static final int MOST_EVENTS = 200_000;

	private final PriorityQueue<Event> events = new PriorityQueue<>();

	private long now;

	private long entered;

	private long done;

	long now() {
		return this.now;
	}

	/** Returns how many events have happened. */
	long done() {
		return this.done;
	}

	void in(long delay, Runnable what) {
		if (this.events.size() >= MOST_EVENTS) {
			throw new InvariantViolation("messages do not multiply",
					"%d events are under way at once".formatted(this.events.size()), null);
		}
		this.events.add(new Event(this.now + delay, this.entered++, what));
	}

	/** Lets the next event happen if it is due by {@code end}; else time moves there. */
	boolean runNext(long end) {
		Event next = this.events.peek();
		if (next == null || next.due > end) {
			this.now = end;
			return false;
		}
		this.events.poll();
		this.now = next.due;
		this.done++;
		next.what.run();
		return true;
	}

	private record Event(long due, long order, Runnable what) implements Comparable<Event> {

		@Override
		public int compareTo(Event other) {
			int byTime = Long.compare(this.due, other.due);
			return (byTime != 0) ? byTime : Long.compare(this.order, other.order);
		}

	}

}
