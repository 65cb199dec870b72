package io.omnipaxos.node;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.omnipaxos.core.Limits;
import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.OverloadedException;
import io.omnipaxos.core.SnapshotFolder;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.storage.Storage;
import org.jspecify.annotations.Nullable;

/**
 * One log on one node: a thread that owns the log's core, and what other threads may ask
 * of it. Nothing here blocks.
 */
final class Replica {

	/** Futures that may wait without an append behind them. */
	private static final int MAX_WAITERS = 100_000;

	private final OmniPaxosConfig config;

	private final StoredLog stored;

	private final ReplicaShared shared;

	private final AppendBudget appends;

	private final WaiterBudget waiters = new WaiterBudget(MAX_WAITERS);

	private final PieceReader pieces;

	private final ReplicaLoop loop;

	private final ReplicaThread thread;

	private volatile boolean refusing;

	/** Loads the log; what the storage throws comes out here. */
	Replica(OmniPaxosConfig config, Storage storage, @Nullable SnapshotFolder folder, Outbound outbound,
			ReplicaEvents events, Pulse pulse) {
		this.config = config;
		this.stored = new StoredLog(storage);
		Limits limits = config.server().limits();
		OmniPaxos core = new OmniPaxos(config.cluster(), config.server(), storage, folder);
		ReplicaCounters counters = new ReplicaCounters();
		this.shared = new ReplicaShared(new Inbox(4 * limits.maxMessageBytes()),
				new ReplicaView(events.log(), this.stored, core.status(), pulse), events, counters);
		this.appends = new AppendBudget(limits.maxPendingBytes());
		Outstanding outstanding = new Outstanding(new PendingAppends(config.server().pid(), this.appends), counters);
		String threadName = "omnipaxos-" + events.log() + "-" + config.server().pid().value();
		this.pieces = new PieceReader(threadName + "-pieces", this.stored, outbound, this.shared.inbox());
		this.loop = new ReplicaLoop(core, storage, outbound, this.pieces, this.shared, outstanding);
		this.thread = new ReplicaThread(threadName, this.loop, this.shared, outstanding);
	}

	void start() {
		this.thread.start();
	}

	/** Takes messages that a peer sent. */
	void received(List<Envelope> envelopes) {
		if (!this.shared.inbox().offer(envelopes)) {
			this.shared.counters().dropped(envelopes.size());
		}
	}

	void tick() {
		this.shared.inbox().tick();
	}

	CompletableFuture<Appended> append(Payload payload, @Nullable ClusterConfig next) {
		int size = AppendBudget.OVERHEAD + Entry.OVERHEAD + payload.size()
				+ ((next != null) ? Entry.NODE_OVERHEAD * next.nodes().size() : 0);
		RuntimeException refusal = admit(size, 1);
		if (refusal != null) {
			return CompletableFuture.failedFuture(refusal);
		}
		AppendRequest request = new AppendRequest(payload, next, size, this.appends, this.shared.counters());
		this.shared.inbox().offer(request);
		return request;
	}

	CompletableFuture<List<Appended>> appendAll(List<Payload> payloads) {
		if (payloads.isEmpty()) {
			return CompletableFuture.completedFuture(List.of());
		}
		long size = 0;
		for (Payload payload : payloads) {
			size += Entry.OVERHEAD + payload.size();
		}
		long limit = this.config.server().limits().maxPendingBytes();
		if (size > limit && payloads.size() > 1) {
			throw new IllegalArgumentException(
					"The entries hold %d bytes together, and the limit is %d; append them in parts".formatted(size,
							limit));
		}
		RuntimeException refusal = admit(size, payloads.size());
		if (refusal != null) {
			return CompletableFuture.failedFuture(refusal);
		}
		AppendAllRequest request = new AppendAllRequest(payloads, size, this.appends, this.shared.counters());
		this.shared.inbox().offer(request);
		return request;
	}

	private @Nullable RuntimeException admit(long size, int entries) {
		RuntimeException refusal = null;
		if (this.refusing) {
			refusal = stopping();
		}
		else if (!this.appends.reserve(size)) {
			refusal = overloaded();
		}
		if (refusal != null) {
			this.shared.counters().refused(entries);
		}
		return refusal;
	}

	private OverloadedException overloaded() {
		String cause = view().status().full() ? ", as the storage has no room until the log is trimmed or snapshotted"
				: "";
		return new OverloadedException("The appends of this node that wait already hold all of the %d bytes they may%s;"
			.formatted(this.config.server().limits().maxPendingBytes(), cause) + " append again later");
	}

	CompletableFuture<Long> readBarrier() {
		if (this.refusing) {
			return CompletableFuture.failedFuture(stopping());
		}
		BarrierRequest request = new BarrierRequest(this.waiters);
		if (this.waiters.reserve(request)) {
			this.shared.inbox().offer(request);
		}
		return request;
	}

	CompletableFuture<Long> awaitDecided(long length) {
		long decided = view().indexes().decided();
		if (decided >= length && !view().isStopped()) {
			return CompletableFuture.completedFuture(decided);
		}
		DecidedRequest request = new DecidedRequest(length, view(), this.waiters);
		if (this.waiters.reserve(request)) {
			this.shared.inbox().offer(request);
		}
		return request;
	}

	private static ReplicaStoppedException stopping() {
		return new ReplicaStoppedException("This node is stopping");
	}

	CompletableFuture<Void> trim(@Nullable Long index) {
		return compact(new CompactionRequest(index, false, false));
	}

	CompletableFuture<Void> snapshot(@Nullable Long index, boolean localOnly) {
		return compact(new CompactionRequest(index, true, localOnly));
	}

	private CompletableFuture<Void> compact(CompactionRequest request) {
		this.shared.inbox().offer(request);
		return request;
	}

	/** Has the thread call the core, which must not throw. */
	void command(Consumer<OmniPaxos> command) {
		this.shared.inbox().offer(new Command(command));
	}

	ReplicaView view() {
		return this.shared.view();
	}

	ReplicaEvents events() {
		return this.shared.events();
	}

	ReplicaMetrics metrics() {
		return this.shared.counters().snapshot();
	}

	/**
	 * Refuses appends and barriers from now on.
	 * @return future that completes when this node leads no more and those of before are
	 * answered
	 */
	CompletableFuture<Void> depart() {
		this.refusing = true;
		Departure departure = new Departure(this.appends, Math.max(5, this.config.server().electionTickTimeout()));
		this.loop.depart(departure);
		// Whether the thread is asleep or gone, this makes it take note.
		this.shared.inbox().offer(new Notification(departure.ready()));
		return departure.ready();
	}

	/**
	 * Returns whether the caller is the replica's thread, which can't wait for itself.
	 */
	boolean isCaller() {
		return this.thread.isCaller();
	}

	/**
	 * Ends the thread, waits for nothing that may take long, and closes the storage when
	 * nobody uses it any more.
	 */
	ReplicaEnd stop() {
		this.refusing = true;
		this.stored.endPatience();
		return new ReplicaEnd(this.thread, this::close);
	}

	private void close() {
		this.pieces.stop();
		this.stored.close();
	}

	/** Calls the core. */
	private record Command(Consumer<OmniPaxos> call) implements Request {

		@Override
		public void applyTo(OmniPaxos core, Outstanding outstanding) {
			this.call.accept(core);
		}

		@Override
		public void refuse(ReplicaStoppedException reason) {
			// Whoever tells a replica that has stopped expects no answer.
		}

	}

	/** Does nothing, unless the replica has stopped. */
	private record Notification(CompletableFuture<Void> whenStopped) implements Request {

		@Override
		public void applyTo(OmniPaxos core, Outstanding outstanding) {
			// The thread is awake, which is all that was wanted.
		}

		@Override
		public void refuse(ReplicaStoppedException reason) {
			this.whenStopped.complete(null);
		}

	}

}
