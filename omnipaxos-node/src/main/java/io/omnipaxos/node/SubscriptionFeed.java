package io.omnipaxos.node;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.node.IndexWaiters.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * What lies between a replica's thread and a subscription's: the entries decided last,
 * and whoever waits for the subscription. Thread-safe.
 * <p>
 * Bounded: what does not fit here is read from the storage later.
 */
final class SubscriptionFeed {

	private static final long MAX_RECENT_BYTES = 4 << 20;

	private final Lock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	/** In the order of the log, perhaps with holes. */
	private final Queue<Step.Recent> recent = new ArrayDeque<>();

	private long recentBytes;

	private long decided;

	private final IndexWaiters waiters = new IndexWaiters();

	private volatile long firstAwaited = Long.MAX_VALUE;

	private volatile @Nullable RuntimeException ended;

	void offer(Step.Recent entries) {
		this.lock.lock();
		try {
			this.decided = Math.max(this.decided, entries.end());
			boolean fits = this.recent.isEmpty() || this.recentBytes + entries.bytes() <= MAX_RECENT_BYTES;
			if (fits && this.ended == null) {
				this.recent.add(entries);
				this.recentBytes += entries.bytes();
			}
			this.changed.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	void offerDecided(long index) {
		this.lock.lock();
		try {
			this.decided = Math.max(this.decided, index);
			this.changed.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	void add(Waiter waiter) {
		RuntimeException reason;
		this.lock.lock();
		try {
			reason = this.ended;
			if (reason == null) {
				this.waiters.add(waiter);
				this.firstAwaited = this.waiters.first();
				this.changed.signal();
			}
		}
		finally {
			this.lock.unlock();
		}
		if (reason != null) {
			waiter.failed(reason);
		}
	}

	/** Returns someone whose index is reached, or {@code null}. Cheap when nobody is. */
	@Nullable Waiter pollReached(long position) {
		if (this.firstAwaited > position) {
			return null;
		}
		this.lock.lock();
		try {
			Waiter waiter = this.waiters.poll(position);
			this.firstAwaited = this.waiters.first();
			return waiter;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Waits until there is something to do at a position, and says what. */
	Step next(long position) throws InterruptedException {
		this.lock.lock();
		try {
			while (true) {
				Step step = (this.ended != null) ? Step.END : stepAt(position);
				if (step != null) {
					return step;
				}
				this.changed.await();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Waits for as long as given, or until the feed has ended. */
	void pause(Duration time) throws InterruptedException {
		long nanos = time.toNanos();
		this.lock.lock();
		try {
			while (this.ended == null && nanos > 0) {
				nanos = this.changed.awaitNanos(nanos);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable Step stepAt(long position) {
		while (!this.recent.isEmpty() && this.recent.element().end() <= position) {
			this.recentBytes -= this.recent.remove().bytes();
		}
		Step.Recent head = this.recent.peek();
		if (head != null && head.from() <= position) {
			this.recentBytes -= this.recent.remove().bytes();
			return head;
		}
		if (position < this.decided) {
			return new Step.Stored((head != null) ? head.from() : this.decided);
		}
		return (this.firstAwaited <= position) ? Step.ANSWER : null;
	}

	/** Ends the feed, for the first reason given. */
	void end(RuntimeException reason) {
		this.lock.lock();
		try {
			if (this.ended == null) {
				this.ended = reason;
				this.recent.clear();
			}
			this.changed.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns why it ended, or {@code null} while it has not. */
	@Nullable RuntimeException ended() {
		return this.ended;
	}

	/** Tells everyone who waits that the feed has ended. */
	void failWaiters(RuntimeException reason) {
		Waiter waiter = pollAny();
		while (waiter != null) {
			waiter.failed(reason);
			waiter = pollAny();
		}
	}

	private @Nullable Waiter pollAny() {
		this.lock.lock();
		try {
			return this.waiters.poll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** What a subscription's thread does next. */
	sealed interface Step {

		/** Ends. */
		Step END = new Mark();

		/** Answers those who wait. */
		Step ANSWER = new Mark();

		/**
		 * Hands over entries that were decided lately; some may have been handed over
		 * before.
		 *
		 * @param from index of the first
		 * @param entries entries
		 * @param bytes their size
		 */
		record Recent(long from, List<Entry> entries, long bytes) implements Step {

			long end() {
				return this.from + this.entries.size();
			}

		}

		/**
		 * Reads from the storage.
		 *
		 * @param to index before which to stop
		 */
		record Stored(long to) implements Step {
		}

		/** Has no parts, and is told from others by its identity. */
		final class Mark implements Step {

		}

	}

}
