package io.omnipaxos.node;

import java.time.Duration;
import java.util.List;

import io.omnipaxos.core.LogIndexes;
import io.omnipaxos.core.LogReader;
import io.omnipaxos.core.ReplicaStatus;
import io.omnipaxos.core.model.Entry;
import org.jspecify.annotations.Nullable;

/**
 * What a replica shows to other threads. Written by the replica's thread alone.
 */
final class ReplicaView {

	private final String log;

	private final StoredLog stored;

	private final LogReader reader;

	private volatile LogIndexes indexes;

	private volatile ReplicaStatus status;

	private final Pulse pulse;

	private volatile @Nullable Throwable failure;

	private volatile boolean stopped;

	ReplicaView(String log, StoredLog stored, ReplicaStatus status, Pulse pulse) {
		this.log = log;
		this.stored = stored;
		this.reader = new LogReader(stored, this::readableIndexes);
		this.indexes = status.indexes();
		this.status = status;
		this.pulse = pulse;
	}

	/** Shows what is stored, as the last completed write left it. */
	void publish(LogIndexes current) {
		if (!current.equals(this.indexes)) {
			this.indexes = current;
		}
	}

	/** Shows that entries which are stored are decided. */
	void publishDecided(long decided) {
		LogIndexes now = this.indexes;
		if (decided > now.decided()) {
			this.indexes = new LogIndexes(now.snapshotBase(), now.snapshotSize(), now.compacted(), decided,
					Math.max(now.accepted(), decided));
		}
	}

	/** Shows what the thread knows, at every tick: else it counts as held up. */
	void publish(ReplicaStatus current) {
		this.status = current;
		this.pulse.beat();
	}

	void writes(long nanoTime) {
		this.pulse.writes(nanoTime);
	}

	void hasWritten() {
		this.pulse.hasWritten();
	}

	/** Returns for how long a write has been under way, zero if none is. */
	Duration writing() {
		return this.pulse.writing();
	}

	/** Returns for how long the thread has been held up, zero while it is at work. */
	Duration heldUp() {
		return this.stopped ? Duration.ZERO : this.pulse.heldUp();
	}

	void stopped(@Nullable Throwable cause) {
		this.status = this.status.lost();
		this.failure = cause;
		this.stopped = true;
	}

	/** Returns whether the replica answers nothing any more. */
	boolean isStopped() {
		return this.stopped;
	}

	LogIndexes indexes() {
		return this.indexes;
	}

	/**
	 * What a thread that is held up knew may be true no more: meanwhile it leads nobody,
	 * and hears nobody.
	 */
	ReplicaStatus status() {
		boolean heldUp = !heldUp().isZero();
		ReplicaStatus last = this.status;
		return heldUp ? last.lost() : last;
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

	/**
	 * Returns a reader of what is stored, which fails with
	 * {@link ReplicaStoppedException} once the replica has stopped.
	 */
	LogReader reader() {
		return this.reader;
	}

	/** Returns some stored entries from an index on, none when they are compacted. */
	List<Entry> entries(long from, long to, long maxBytes) {
		checkRunning();
		return this.stored.entries(from, to, maxBytes);
	}

	ReplicaStoppedException stoppedException() {
		Throwable cause = this.failure;
		return new ReplicaStoppedException(
				(cause != null) ? "This node's replica of log %s has failed: %s".formatted(this.log, cause)
						: "This node's replica of log %s is stopped".formatted(this.log));
	}

	private LogIndexes readableIndexes() {
		checkRunning();
		return this.indexes;
	}

	private void checkRunning() {
		if (this.stopped) {
			throw stoppedException();
		}
	}

}
