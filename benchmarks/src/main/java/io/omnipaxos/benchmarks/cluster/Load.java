package io.omnipaxos.benchmarks.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.omnipaxos.benchmarks.system.Completion;
import io.omnipaxos.benchmarks.system.ReplicatedSystem;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a number of appends outstanding: whatever completes one makes the next, on its
 * own thread. No system pays for a hand-off to a thread of the load's.
 */
final class Load {

	private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(5);

	private static final int DIGITS = 2;

	private static final long PATIENCE_SECONDS = 30;

	/** A failed append is made again, but not in a busy loop. */
	private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS);

	private final ReplicatedSystem system;

	private final byte[] entry;

	private final CountDownLatch running;

	private final AtomicLong failures = new AtomicLong();

	/** Where latencies go, {@code null} while nothing is measured. */
	private volatile @Nullable AtomicHistogram latencies;

	private volatile boolean stopping;

	Load(ReplicatedSystem system, int outstanding, int entryBytes) {
		this.system = system;
		this.entry = new byte[entryBytes];
		this.running = new CountDownLatch(outstanding);
	}

	/** Begins to append. */
	void start() {
		for (long i = this.running.getCount(); i > 0; i--) {
			new Chain().append();
		}
	}

	/** Begins to record. */
	void measure() {
		this.latencies = new AtomicHistogram(HIGHEST_NANOS, DIGITS);
	}

	/** Returns the latencies recorded, in nanoseconds, and records no more. */
	Histogram measured() {
		AtomicHistogram recorded = this.latencies;
		if (recorded == null) {
			throw new IllegalStateException("Nothing was measured");
		}
		this.latencies = null;
		Histogram copy = new Histogram(HIGHEST_NANOS, DIGITS);
		copy.add(recorded);
		return copy;
	}

	/** Returns how many appends have failed. */
	long failures() {
		return this.failures.get();
	}

	/** Makes no more appends, and waits for those that are under way. */
	void stop() throws InterruptedException {
		this.stopping = true;
		if (!this.running.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
			throw new IllegalStateException("%d appends were never answered".formatted(this.running.getCount()));
		}
	}

	/** One append after the other. */
	private final class Chain implements Completion {

		private long started;

		void append() {
			this.started = System.nanoTime();
			Load.this.system.append(Load.this.entry, this);
		}

		@Override
		public void completed(@Nullable Throwable failure) {
			if (failure != null) {
				Load.this.failures.incrementAndGet();
			}
			else {
				AtomicHistogram histogram = Load.this.latencies;
				if (histogram != null) {
					histogram.recordValue(System.nanoTime() - this.started);
				}
			}
			if (Load.this.stopping) {
				Load.this.running.countDown();
			}
			else if (failure != null) {
				LATER.execute(this::append);
			}
			else {
				append();
			}
		}

	}

}
