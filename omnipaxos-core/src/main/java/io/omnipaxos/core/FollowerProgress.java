package io.omnipaxos.core;

import io.omnipaxos.core.model.LogPosition;
import org.jspecify.annotations.Nullable;

/** What a leader in the Accept phase knows of one follower. */
final class FollowerProgress {

	private @Nullable LogPosition promise;

	private State state = State.UNKNOWN;

	/** Whether it may have lost what it had confirmed, and has not said otherwise. */
	private boolean doubted;

	/** Highest index that the follower has confirmed in this ballot. */
	private long match = -1;

	/** Only what the follower has accepted in this ballot tells what is on its disk. */
	private long durablyDecided;

	private long next;

	private long toldDecided;

	/** Where the last gap was answered, so that it is answered once. */
	private long gapAnsweredAt = -1;

	/** Resend periods that have ended since it promised or confirmed anything. */
	private int silentPeriods;

	private final Flights flights = new Flights();

	boolean isInStep() {
		return this.state != State.UNKNOWN;
	}

	/** The promise that is being answered, or {@code null} when there was none yet. */
	@Nullable LogPosition promise() {
		return this.promise;
	}

	/**
	 * Whoever is in step promises nothing: either this comes late, or the follower has
	 * lost its storage, and with it all that it had confirmed.
	 */
	void promised(LogPosition position) {
		this.promise = position;
		this.silentPeriods = 0;
		if (isInStep()) {
			this.state = State.UNKNOWN;
			this.match = -1;
			this.durablyDecided = 0;
			this.next = 0;
			this.flights.clear();
		}
	}

	/** Confirmed: whoever confirms anything is in step, and caught up. */
	void accepted(long acceptedIndex, long decidedIndex) {
		this.silentPeriods = 0;
		this.doubted = false;
		this.state = State.IN_STEP;
		this.match = Math.max(this.match, acceptedIndex);
		this.durablyDecided = Math.max(this.durablyDecided, decidedIndex);
		this.next = Math.max(this.next, this.match);
		this.flights.arrived(this.match);
	}

	/** The follower missed something: goes back once for each match and resend period. */
	void missed() {
		if (this.gapAnsweredAt != this.match) {
			this.gapAnsweredAt = this.match;
			this.next = this.match;
			this.flights.clear();
		}
	}

	void resendPeriodOver() {
		this.gapAnsweredAt = -1;
		this.silentPeriods++;
	}

	/** It was not reached for a while, and may have been another process before. */
	void doubt() {
		this.doubted = true;
	}

	/** Whether it has everything, and has decided what there is to decide, durably. */
	boolean hasConfirmed(LogPosition leader) {
		return !this.doubted && this.match >= leader.acceptedIndex() && this.durablyDecided >= leader.decidedIndex();
	}

	/**
	 * Whether it has neither promised nor confirmed anything for a whole resend period.
	 */
	boolean isSilent() {
		return this.silentPeriods > 1;
	}

	/** The follower is to fetch decided entries from whoever has them. */
	void sentToCatchUp() {
		this.state = isInStep() ? State.CATCHING_UP : State.UNKNOWN;
	}

	boolean isCatchingUp() {
		return this.state == State.CATCHING_UP;
	}

	void sent(long end, long bytes, long decidedIndex) {
		this.next = end;
		this.toldDecided = decidedIndex;
		if (bytes > 0) {
			this.flights.add(end, bytes);
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
		return this.flights.bytes();
	}

	private enum State {

		UNKNOWN, IN_STEP, CATCHING_UP

	}

}
