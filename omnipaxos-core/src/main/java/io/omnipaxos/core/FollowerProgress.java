package io.omnipaxos.core;

import java.util.ArrayDeque;

import io.omnipaxos.core.model.LogPosition;
import org.jspecify.annotations.Nullable;

/** What a leader in the Accept phase knows of one follower. */
final class FollowerProgress {

	private @Nullable LogPosition promise;

	private boolean inStep;

	/** Highest index that the follower has confirmed in this ballot. */
	private long match = -1;

	/** Only what the follower has accepted in this ballot tells what is on its disk. */
	private long durablyDecided;

	private long next;

	private long toldDecided;

	/** Where the last gap was answered, so that it is answered once. */
	private long gapAnsweredAt = -1;

	private boolean catchingUp;

	private final ArrayDeque<Flight> flights = new ArrayDeque<>();

	private long bytesUnderWay;

	boolean isInStep() {
		return this.inStep;
	}

	/** The promise that is being answered, or {@code null} when there was none yet. */
	@Nullable LogPosition promise() {
		return this.promise;
	}

	void promised(LogPosition position) {
		this.promise = position;
	}

	/** Confirmed: whoever confirms anything is in step, and caught up. */
	void accepted(long acceptedIndex, long decidedIndex) {
		this.inStep = true;
		this.catchingUp = false;
		this.match = Math.max(this.match, acceptedIndex);
		this.durablyDecided = Math.max(this.durablyDecided, decidedIndex);
		this.next = Math.max(this.next, this.match);
		while (!this.flights.isEmpty() && this.flights.element().end() <= this.match) {
			this.bytesUnderWay -= this.flights.remove().bytes();
		}
	}

	/** The follower missed something: goes back once for each match and resend period. */
	void missed() {
		if (this.gapAnsweredAt != this.match) {
			this.gapAnsweredAt = this.match;
			this.next = this.match;
			this.flights.clear();
			this.bytesUnderWay = 0;
		}
	}

	void resendPeriodOver() {
		this.gapAnsweredAt = -1;
	}

	/** The follower is to fetch decided entries from whoever has them. */
	void sentToCatchUp() {
		this.catchingUp = true;
	}

	boolean isCatchingUp() {
		return this.catchingUp;
	}

	void sent(long end, long bytes, long decidedIndex) {
		this.next = end;
		this.toldDecided = decidedIndex;
		if (bytes > 0) {
			this.flights.add(new Flight(end, bytes));
			this.bytesUnderWay += bytes;
		}
	}

	long match() {
		return this.match;
	}

	long durablyDecided() {
		return this.durablyDecided;
	}

	long next() {
		return this.next;
	}

	long toldDecided() {
		return this.toldDecided;
	}

	long bytesUnderWay() {
		return this.bytesUnderWay;
	}

	/** Entries on their way: where they end, and their size. */
	private record Flight(long end, long bytes) {
	}

}
