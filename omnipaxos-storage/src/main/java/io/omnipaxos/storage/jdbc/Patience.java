package io.omnipaxos.storage.jdbc;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long the same is tried again: for ten seconds from its first failure on, which may
 * itself take longer to come, as the end of a session does or that of a wait for a lock.
 * The wait for a connection that did not come counts: whoever had none to give has been
 * patient already.
 */
final class Patience {

	private static final long NANOS = TimeUnit.SECONDS.toNanos(10);

	private final LongSupplier clock;

	private long begun;

	private boolean failedBefore;

	Patience(LongSupplier clock) {
		this.clock = clock;
		this.begun = clock.getAsLong();
	}

	/** Returns whether to try again after a failure. */
	boolean isLeftAfter(SQLException failure) {
		long now = this.clock.getAsLong();
		if (!this.failedBefore && !(failure instanceof NoConnectionException)) {
			this.begun = now;
		}
		this.failedBefore = true;
		return now - this.begun <= NANOS;
	}

}
