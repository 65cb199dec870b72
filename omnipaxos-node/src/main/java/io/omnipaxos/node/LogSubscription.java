package io.omnipaxos.node;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.omnipaxos.core.LogEntry;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.storage.StorageUnavailableException;
import io.omnipaxos.node.IndexWaiters.Waiter;
import io.omnipaxos.node.SubscriptionFeed.Step;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands decided entries to a listener, on a thread of its own: those decided lately as
 * the replica passes them on, all others as they are read from the storage.
 *
 * @param <T> type of the entries
 */
final class LogSubscription<T> implements Subscription, DecidedTap {

	private static final Logger logger = LoggerFactory.getLogger(LogSubscription.class);

	private static final long PIECE_BYTES = 1 << 20;

	private static final Duration RETRY = Duration.ofSeconds(1);

	private static final int MAX_WAITERS = 100_000;

	private final LogListener<T> listener;

	private final EntryMapper<T> mapper;

	private final Supplier<CompletableFuture<Long>> barriers;

	private final Consumer<LogSubscription<T>> onEnd;

	private final SubscriptionFeed feed = new SubscriptionFeed();

	private final WaiterBudget waiters = new WaiterBudget(MAX_WAITERS);

	private final Thread thread;

	private volatile long position;

	private volatile @Nullable ReplicaView source;

	private volatile @Nullable Throwable failure;

	LogSubscription(String log, long from, LogListener<T> listener, EntryMapper<T> mapper,
			Supplier<CompletableFuture<Long>> barriers, Consumer<LogSubscription<T>> onEnd) {
		this.position = from;
		this.listener = listener;
		this.mapper = mapper;
		this.barriers = barriers;
		this.onEnd = onEnd;
		this.thread = DaemonThread.of(this::run, "omnipaxos-follow-" + log);
	}

	/**
	 * Begins, once the replica is there and tells this what is decided. A replica that
	 * has stopped may have told everybody so before.
	 */
	void start(ReplicaView view) {
		this.source = view;
		if (view.isStopped()) {
			stopped(view.stoppedException());
		}
		this.feed.offerDecided(view.indexes().decided());
		this.thread.start();
	}

	/** Ends before it has begun, as the replica will not be there. */
	void abandoned(ReplicaStoppedException reason) {
		stopped(reason);
		ended(reason);
	}

	private void run() {
		RuntimeException reason = new SubscriptionEndedException("The subscription is closed", null);
		try {
			follow();
		}
		// The listener's errors end the subscription and nothing else.
		catch (Throwable ex) {
			if (ex instanceof ReplicaStoppedException stop && view().isStopped()) {
				stopped(stop);
			}
			else if (this.feed.ended() == null) {
				this.failure = ex;
				reason = new SubscriptionEndedException("The subscription failed at index " + this.position, ex);
				logger.error("{}: the listener failed at index {} and is handed no more entries", this.thread.getName(),
						this.position, ex);
			}
		}
		ended(reason);
	}

	private void ended(RuntimeException reason) {
		this.feed.end(reason);
		this.feed.failWaiters(Objects.requireNonNull(this.feed.ended()));
		this.onEnd.accept(this);
	}

	private void follow() throws InterruptedException {
		while (true) {
			answerReached();
			Step step = this.feed.next(this.position);
			if (step == Step.END) {
				return;
			}
			if (step instanceof Step.Recent recent) {
				handOver(recent.from(), recent.entries());
			}
			else if (step instanceof Step.Stored stored) {
				readAndHandOver(stored.to());
			}
		}
	}

	/** What can't be read just now, as when a pool is empty, can be later. */
	private void readAndHandOver(long to) throws InterruptedException {
		try {
			handOverStored(to);
		}
		catch (StorageUnavailableException ex) {
			logger.warn("{}: what follows index {} can't be read, and is tried again: {}", this.thread.getName(),
					this.position, ex.getMessage());
			this.feed.pause(RETRY);
		}
	}

	private void handOverStored(long to) {
		ReplicaView view = view();
		List<Entry> entries = view.entries(this.position, to, PIECE_BYTES);
		if (!entries.isEmpty()) {
			handOver(this.position, entries);
			return;
		}
		LogEntry<Payload> compacted = view.reader()
			.read(this.position)
			.orElseThrow(() -> new IllegalStateException("There is no entry " + this.position));
		if (compacted instanceof LogEntry.Trimmed<Payload> trimmed) {
			take(this.mapper.map(compacted), trimmed.index());
		}
		else if (compacted instanceof LogEntry.Snapshotted<Payload> snapshotted) {
			take(this.mapper.map(compacted), snapshotted.index());
		}
	}

	private ReplicaView view() {
		return Objects.requireNonNull(this.source, "Not started");
	}

	private void handOver(long from, List<Entry> entries) {
		for (int i = (int) (this.position - from); i < entries.size() && this.feed.ended() == null; i++) {
			take(this.mapper.decided(from + i, entries.get(i)), from + i + 1);
		}
	}

	private void take(LogEntry<T> entry, long next) {
		this.listener.onEntry(entry);
		this.position = next;
		answerReached();
	}

	private void answerReached() {
		Waiter waiter = this.feed.pollReached(this.position);
		while (waiter != null) {
			waiter.reached(this.position);
			waiter = this.feed.pollReached(this.position);
		}
	}

	@Override
	public void decided(long from, List<Entry> entries, long bytes) {
		this.feed.offer(new Step.Recent(from, entries, bytes));
	}

	@Override
	public void decided(long index) {
		this.feed.offerDecided(index);
	}

	@Override
	public void stopped(ReplicaStoppedException reason) {
		if (this.feed.ended() == null) {
			this.failure = reason;
			this.feed.end(reason);
		}
	}

	@Override
	public long position() {
		return this.position;
	}

	@Override
	public Optional<Throwable> failure() {
		return Optional.ofNullable(this.failure);
	}

	@Override
	public CompletableFuture<Long> reached(long position) {
		PositionWaiter waiter = new PositionWaiter(position);
		if (this.waiters.admit(waiter)) {
			this.feed.add(waiter);
		}
		return waiter;
	}

	@Override
	public <R> CompletableFuture<R> read(Supplier<R> query) {
		CompletableFuture<R> result = new CompletableFuture<>();
		if (this.waiters.admit(result)) {
			this.barriers.get().whenComplete((index, refusal) -> {
				if (refusal != null) {
					result.completeExceptionally(refusal);
				}
				else {
					this.feed.add(new QueryWaiter<>(index, query, result));
				}
			});
		}
		return result;
	}

	@Override
	public void close() {
		SubscriptionEndedException reason = new SubscriptionEndedException("The subscription is closed", null);
		this.feed.end(reason);
		if (Thread.currentThread() != this.thread) {
			Interruptions.joinUninterruptibly(this.thread);
		}
		if (this.source == null) {
			ended(reason);
		}
	}

	boolean isClosed() {
		return this.feed.ended() != null;
	}

	/** Waits until the listener has come so far. */
	private static final class PositionWaiter extends CompletableFuture<Long> implements Waiter {

		private final long index;

		PositionWaiter(long index) {
			this.index = index;
		}

		@Override
		public long index() {
			return this.index;
		}

		@Override
		public void reached(long position) {
			complete(position);
		}

		@Override
		public void failed(RuntimeException reason) {
			completeExceptionally(reason);
		}

	}

	/** Runs a query once the listener has come so far. */
	private record QueryWaiter<R>(long index, Supplier<R> query, CompletableFuture<R> result) implements Waiter {

		@Override
		public boolean isDone() {
			return this.result.isDone();
		}

		@Override
		public void reached(long position) {
			try {
				this.result.complete(this.query.get());
			}
			// Whatever the query throws is its result, and not the subscription's.
			catch (Throwable ex) {
				this.result.completeExceptionally(ex);
			}
		}

		@Override
		public void failed(RuntimeException reason) {
			this.result.completeExceptionally(reason);
		}

	}

}
