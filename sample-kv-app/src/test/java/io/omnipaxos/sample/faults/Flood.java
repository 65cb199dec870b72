package io.omnipaxos.sample.faults;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import io.omnipaxos.core.OverloadedException;
import io.omnipaxos.node.ReplicatedLog;
import io.omnipaxos.sample.kv.KeyValue;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Appends from within the application, which no web server slows down: the log has to
 * bear it alone.
 */
@RestController
class Flood {

	private static final int BURSTS_A_SECOND = 200;

	private final ReplicatedLog<KeyValue> log;

	Flood(ReplicatedLog<KeyValue> log) {
		this.log = log;
	}

	/**
	 * Appends at a rate, whatever becomes of what was appended before.
	 * @param rate appends a second
	 * @param seconds how long
	 * @param waiting appends that may wait for their answer before another is made
	 * @return what became of them
	 */
	@PostMapping("/flood")
	Outcome flood(@RequestParam int rate, @RequestParam long seconds,
			@RequestParam(defaultValue = "2147483647") int waiting) throws InterruptedException {
		Semaphore places = new Semaphore(waiting);
		Counts counts = new Counts();
		long start = System.nanoTime();
		long bursts = seconds * BURSTS_A_SECOND;
		for (long burst = 0; burst < bursts; burst++) {
			for (int i = 0; i < rate / BURSTS_A_SECOND; i++) {
				places.acquire();
				append(counts, places);
			}
			long due = start + burst * TimeUnit.SECONDS.toNanos(1) / BURSTS_A_SECOND;
			LockSupport.parkNanos(due - System.nanoTime());
			if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(seconds)) {
				break;
			}
		}
		return counts.after(System.nanoTime() - start);
	}

	private void append(Counts counts, Semaphore places) {
		long called = System.nanoTime();
		this.log.append(new KeyValue("flood-" + called % 100, called)).whenComplete((appended, failure) -> {
			places.release();
			counts.answered(failure, System.nanoTime() - called);
		});
		counts.offered.increment();
	}

	private static final class Counts {

		private final LongAdder offered = new LongAdder();

		private final LongAdder decided = new LongAdder();

		private final LongAdder refused = new LongAdder();

		private final LongAdder refusalNanos = new LongAdder();

		private final LongAdder failed = new LongAdder();

		void answered(@Nullable Throwable failure, long nanos) {
			if (failure == null) {
				this.decided.increment();
			}
			else if (failure instanceof OverloadedException) {
				this.refused.increment();
				this.refusalNanos.add(nanos);
			}
			else {
				this.failed.increment();
			}
		}

		Outcome after(long nanos) {
			double seconds = nanos / 1e9;
			long refusals = this.refused.sum();
			return new Outcome(this.offered.sum() / seconds, this.decided.sum() / seconds, refusals / seconds,
					(refusals > 0) ? this.refusalNanos.sum() / 1000.0 / refusals : 0, this.failed.sum());
		}

	}

	/**
	 * What became of the appends.
	 *
	 * @param offeredASecond appends made
	 * @param decidedASecond those decided meanwhile
	 * @param refusedASecond those refused
	 * @param refusalMicros time that a refusal took, on average
	 * @param failed those that had another end
	 */
	record Outcome(double offeredASecond, double decidedASecond, double refusedASecond, double refusalMicros,
			long failed) {

	}

}
