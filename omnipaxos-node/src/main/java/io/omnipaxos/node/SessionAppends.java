package io.omnipaxos.node;

import java.util.Arrays;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The pending appends of one session, a ring by sequence number. They are answered in
 * that order, with few exceptions.
 */
final class SessionAppends {

	private final long session;

	private @Nullable PendingAppend[] ring = new PendingAppend[64];

	/** No number below this one is pending. */
	private long first = 1;

	/** First number that is not in use. */
	private long end = 1;

	SessionAppends(long session) {
		this.session = session;
	}

	long session() {
		return this.session;
	}

	boolean isEmpty() {
		return this.first == this.end;
	}

	/** Adds the next one; numbers only rise. */
	void add(long seq, PendingAppend append) {
		if (isEmpty()) {
			this.first = seq;
			this.end = seq;
		}
		if (seq != this.end) {
			throw new IllegalStateException("Proposal %d follows %d".formatted(seq, this.end - 1));
		}
		if (this.end - this.first == this.ring.length) {
			grow();
		}
		this.ring[slot(seq)] = append;
		this.end++;
	}

	/** Takes one out, or returns {@code null} when it is not pending. */
	@Nullable PendingAppend take(long seq) {
		if (seq < this.first || seq >= this.end) {
			return null;
		}
		PendingAppend append = this.ring[slot(seq)];
		this.ring[slot(seq)] = null;
		while (this.first < this.end && this.ring[slot(this.first)] == null) {
			this.first++;
		}
		return append;
	}

	/** Takes out every one up to and including {@code seq}. */
	void takeUpTo(long seq, Consumer<PendingAppend> consumer) {
		long last = Math.min(seq, this.end - 1);
		while (this.first <= last) {
			PendingAppend append = take(this.first);
			if (append != null) {
				consumer.accept(append);
			}
		}
	}

	void takeAll(Consumer<PendingAppend> consumer) {
		takeUpTo(this.end - 1, consumer);
	}

	private void grow() {
		@Nullable PendingAppend[] larger = Arrays.copyOf(this.ring, 2 * this.ring.length);
		Arrays.fill(larger, null);
		for (long seq = this.first; seq < this.end; seq++) {
			larger[(int) (seq & (larger.length - 1))] = this.ring[slot(seq)];
		}
		this.ring = larger;
	}

	private int slot(long seq) {
		return (int) (seq & (this.ring.length - 1));
	}

}
