package io.omnipaxos.benchmarks.cluster;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.omnipaxos.benchmarks.system.ReplicatedSystem;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Appends at a steady rate, whether earlier appends have been answered or not. */
final class PacedLoad implements AutoCloseable {

	private static final int DIGITS = 2;

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final ReplicatedSystem system;

	private final byte[] entry;

	private final int perSecond;

	private final Recorder latencies = new Recorder(DIGITS);

	private final AtomicLong failures = new AtomicLong();

	private final Thread thread = new Thread(this::run, "paced-load");

	private volatile boolean closed;

	PacedLoad(ReplicatedSystem system, int perSecond, int entryBytes) {
		this.system = system;
		this.perSecond = perSecond;
		this.entry = new byte[entryBytes];
		this.thread.start();
	}

	private void run() {
		long began = System.nanoTime();
		long made = 0;
		while (!this.closed) {
			double seconds = (System.nanoTime() - began) / 1e9;
			for (long due = (long) (seconds * this.perSecond); made < due; made++) {
				append();
			}
			try {
				TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS);
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	private void append() {
		long began = System.nanoTime();
		this.system.append(this.entry, (failure) -> {
			if (failure == null) {
				this.latencies.recordValue(System.nanoTime() - began);
			}
			else {
				this.failures.incrementAndGet();
			}
		});
	}

	/** Returns what was recorded since this was called before, in nanoseconds. */
	Histogram latencies() {
		return this.latencies.getIntervalHistogram();
	}

	/** Returns how many appends have failed. */
	long failures() {
		return this.failures.get();
	}

	@Override
	public void close() {
		this.closed = true;
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
