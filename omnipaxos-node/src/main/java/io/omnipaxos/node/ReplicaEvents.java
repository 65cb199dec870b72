package io.omnipaxos.node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.omnipaxos.core.Notice;
import io.omnipaxos.core.ReplicaStatus;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners and subscriptions what happens to a log. What they throw is logged.
 */
final class ReplicaEvents {

	private static final Logger logger = LoggerFactory.getLogger(ReplicaEvents.class);

	private static final long LOG_PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final String log;

	private final List<NodeListener> listeners;

	private final List<DecidedTap> taps = new CopyOnWriteArrayList<>();

	/** When nonsense of a peer was logged last. For the replica's thread. */
	private final Map<NodeId, Long> loggedNanos = new HashMap<>();

	private final Standstill standstill = new Standstill();

	private final ForgetfulTrim forgetfulTrim;

	ReplicaEvents(String log, List<NodeListener> listeners, ForgetfulTrim forgetfulTrim) {
		this.log = log;
		this.forgetfulTrim = forgetfulTrim;
		this.listeners = List.copyOf(listeners);
	}

	/** Returns the name of the log. */
	String log() {
		return this.log;
	}

	void add(DecidedTap tap) {
		this.taps.add(tap);
	}

	void remove(DecidedTap tap) {
		this.taps.remove(tap);
	}

	void tell(Notice notice) {
		if (notice instanceof Notice.Decided decided) {
			tapDecided(decided);
		}
		else if (notice instanceof Notice.SnapshotInstalled installed) {
			this.taps.forEach((tap) -> tap.decided(installed.snapshot().index()));
		}
		else if (notice instanceof Notice.LeaderChanged change) {
			logger.info("Log {}: {} leads with ballot {}", this.log,
					(change.leader() != null) ? change.leader() : "nobody", change.ballot());
			tellListeners((listener) -> listener.leaderChanged(this.log, change));
		}
		else if (notice instanceof Notice.Stopped stopped) {
			logger.info("Log {}: ended by {}, next is {}", this.log, stopped.stopSign().id(),
					stopped.stopSign().next());
			tellListeners((listener) -> listener.configurationStopped(this.log, stopped));
		}
		else if (notice instanceof Notice.CatchUpImpossible lack) {
			logger.error("Log {}: this node lacks the entries from {} on, and the other nodes have trimmed them up to"
					+ " {}. It can't catch up", this.log, lack.from(), lack.availableFrom());
			tellListeners((listener) -> listener.catchUpImpossible(this.log, lack));
		}
		else if (notice instanceof Notice.Compacted done && this.forgetfulTrim.begins(done)) {
			logger
				.warn("Log {}: it is kept in memory, and was trimmed up to {}. A node that restarts begins with nothing,"
						+ " and what was trimmed can't be sent to it: it can't catch up any more. Take snapshots instead",
						this.log, done.index());
		}
		else if (notice instanceof Notice.StorageAway away) {
			logger.warn(
					"Log {}: its storage can't be read just now. Peers that lag and compaction wait until it can: {}",
					this.log, away.cause().getMessage());
		}
		else if (notice instanceof Notice.MessageRefused refused) {
			logRefused(refused);
		}
	}

	/** Looks at the replica from time to time. For the replica's thread. */
	void look(ReplicaStatus status) {
		if (this.standstill.begins(status, System.nanoTime())) {
			logger.warn("Log {}: its storage has no room for more entries, and appends wait. Trim it or take snapshots;"
					+ " a trim drops what all nodes have: {}", this.log, decidedByEach(status));
		}
	}

	private static String decidedByEach(ReplicaStatus status) {
		return Stream
			.concat(Stream.of("%s has decided %d".formatted(status.pid(), status.indexes().decided())),
					status.peers().stream().map((peer) -> "%s %d".formatted(peer.pid(), peer.decidedIndex())))
			.collect(Collectors.joining(", "));
	}

	/** A peer must not fill the log. */
	private void logRefused(Notice.MessageRefused refused) {
		long now = System.nanoTime();
		Long before = this.loggedNanos.get(refused.from());
		if (before == null || now - before >= LOG_PERIOD_NANOS) {
			this.loggedNanos.put(refused.from(), now);
			logger
				.warn("Log {}: {} talks nonsense and is not obeyed: a {} with {}. More of that is logged after a minute"
						+ " at the earliest", this.log, refused.from(), refused.message(), refused.nonsense());
		}
	}

	void failed(Throwable cause) {
		logger.error("Log {}: this node's replica has failed and answers nothing any more. The log as stored is"
				+ " consistent; restart the node once the cause is gone", this.log, cause);
		tellListeners((listener) -> listener.replicaFailed(this.log, cause));
	}

	void stopped(ReplicaStoppedException reason) {
		this.taps.forEach((tap) -> tap.stopped(reason));
	}

	private void tapDecided(Notice.Decided decided) {
		if (!this.taps.isEmpty()) {
			long bytes = Entry.sizeOf(decided.entries());
			for (DecidedTap tap : this.taps) {
				tap.decided(decided.from(), decided.entries(), bytes);
			}
		}
	}

	private void tellListeners(Consumer<NodeListener> event) {
		for (NodeListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (Exception | LinkageError | AssertionError | StackOverflowError ex) {
				logger.error("Log {}: {} has thrown", this.log, listener, ex);
			}
		}
	}

}
