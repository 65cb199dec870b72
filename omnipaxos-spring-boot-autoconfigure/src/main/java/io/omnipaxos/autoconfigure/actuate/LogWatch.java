package io.omnipaxos.autoconfigure.actuate;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.omnipaxos.core.ReplicaStatus;
import io.omnipaxos.core.ReplicaStatus.PeerStatus;
import io.omnipaxos.core.Role;
import org.jspecify.annotations.Nullable;

/**
 * Remembers since when a log is not in order: it has no leader that is, stands still for
 * want of room in its storage, or lacks what others have decided. A role does not tell
 * the last: a follower that comes back in the ballot that it left is in step with its
 * leader at once, however much it has to fetch. Thread-safe.
 */
final class LogWatch {

	private final Supplier<ReplicaStatus> log;

	private final LongSupplier clock;

	/** When the log was in order last; before it first was, the start. */
	private long orderlyAt;

	/** How much it had decided then, or -1 before it first was in order. */
	private long orderlyDecided = -1;

	/**
	 * What others had decided at the last look: entries of this very moment are on their
	 * way to a follower that is well.
	 */
	private long goal = Long.MAX_VALUE;

	LogWatch(Supplier<ReplicaStatus> log, LongSupplier clock) {
		this.log = log;
		this.clock = clock;
		this.orderlyAt = clock.getAsLong();
	}

	/** To be called regularly, a heartbeat round apart. */
	synchronized void look() {
		ReplicaStatus status = this.log.get();
		see(status);
		if (status.connectivity().leader()) {
			this.goal = decidedElsewhere(status);
		}
	}

	/**
	 * Returns why the log is not in order, or {@code null} when it is.
	 * @param tolerance for how long that is passed over in a log that was in order before
	 */
	synchronized @Nullable String reasonAgainst(Duration tolerance) {
		ReplicaStatus status = this.log.get();
		String objection = see(status);
		Duration since = Duration.ofNanos(this.clock.getAsLong() - this.orderlyAt);
		boolean isNew = this.orderlyDecided < 0;
		if (objection == null || (!isNew && since.compareTo(tolerance) <= 0)) {
			return null;
		}
		long behind = decidedElsewhere(status) - status.indexes().decided();
		return "%s for %d ms%s%s".formatted(objection, since.toMillis(), isNew ? ", since the start" : "",
				(behind > 0) ? "; it is %d entries behind".formatted(behind) : "");
	}

	private @Nullable String see(ReplicaStatus status) {
		String objection = objection(status);
		if (objection == null) {
			this.orderlyAt = this.clock.getAsLong();
			this.orderlyDecided = status.indexes().decided();
		}
		return objection;
	}

	private @Nullable String objection(ReplicaStatus status) {
		if (!status.connectivity().leader()) {
			return withoutLeader(status);
		}
		if (status.isStopped()) {
			return null;
		}
		if (status.full() && status.indexes().decided() == this.orderlyDecided) {
			return "the storage has had no room for more entries";
		}
		return isInStep(status) ? null : outOfStep(status);
	}

	private static String withoutLeader(ReplicaStatus status) {
		if (!status.connectivity().prepareQuorum()) {
			return "no quorum has been heard";
		}
		return status.role().leads() ? "this node has led without a write quorum" : "no leader in order has been heard";
	}

	private boolean isInStep(ReplicaStatus status) {
		boolean settled = status.role() == Role.LEADING || status.role() == Role.FOLLOWING;
		return settled && status.indexes().decided() >= Math.min(this.goal, decidedElsewhere(status));
	}

	private static String outOfStep(ReplicaStatus status) {
		if (status.missingFrom() >= status.indexes().decided()) {
			return "nobody has had the entries that this node lacks";
		}
		return (status.role() == Role.PREPARING) ? "this node has been about to lead"
				: "this node has been catching up";
	}

	private static long decidedElsewhere(ReplicaStatus status) {
		return status.peers().stream().mapToLong(PeerStatus::decidedIndex).max().orElse(0);
	}

}
