package io.omnipaxos.core;

import java.util.ArrayDeque;
import java.util.Queue;

/** Entries on their way to a follower. */
final class Flights {

	private final Queue<Flight> flights = new ArrayDeque<>();

	private long bytes;

	/** Size of everything that is under way. */
	long bytes() {
		return this.bytes;
	}

	/** Entries up to an index have left. */
	void add(long end, long size) {
		this.flights.add(new Flight(end, size));
		this.bytes += size;
	}

	/** Whatever ends at an index or below has arrived. */
	void arrived(long index) {
		while (!this.flights.isEmpty() && this.flights.element().end() <= index) {
			this.bytes -= this.flights.remove().bytes();
		}
	}

	/** Nothing of it will arrive. */
	void clear() {
		this.flights.clear();
		this.bytes = 0;
	}

	private record Flight(long end, long bytes) {
	}

}
