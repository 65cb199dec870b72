package io.omnipaxos.sample.kv;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Time that passes while something else goes on, in place of nothing. */
final class Pause {

	private Pause() {
	}

	static void of(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

}
