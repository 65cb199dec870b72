package io.omnipaxos.core;

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

	/** Resend periods that have ended since it confirmed anything. */
	private int silentPeriods;

	private final Flights flights = new Flights();

	boolean isInStep() {
		return this.inStep;
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
		if (this.inStep) {
			this.inStep = false;
			this.catchingUp = false;
			this.match = -1;
			this.durablyDecided = 0;
			this.next = 0;
			this.flights.clear();
		}
	}

	/** Confirmed: whoever confirms anything is in step, and caught up. */
	void accepted(long acceptedIndex, long decidedIndex) {
		this.silentPeriods = 0;
		this.inStep = true;
		this.catchingUp = false;
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

	/** Whether it has everything, and has decided what there is to decide, durably. */
	boolean hasConfirmed(LogPosition leader) {
		return this.match >= leader.acceptedIndex() && this.durablyDecided >= leader.decidedIndex();
	}

	/** Whether it has confirmed nothing for a whole resend period. */
	boolean isSilent() {
		return this.silentPeriods > 1;
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

}
