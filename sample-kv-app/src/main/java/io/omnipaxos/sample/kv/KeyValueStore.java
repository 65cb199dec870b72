package io.omnipaxos.sample.kv;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.omnipaxos.node.Appended;
import io.omnipaxos.node.ReplicatedLog;
import io.omnipaxos.node.Subscription;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The replicated key-value store: writes go to the log, and what the log has decided is
 * applied to the values of this node. Waits for nothing longer than {@code kv.timeout};
 * then the future fails with {@link java.util.concurrent.TimeoutException}.
 */
@Component
class KeyValueStore implements AutoCloseable {

	private final ReplicatedLog<KeyValue> log;

	private final Duration timeout;

	private final QuorumConnection quorum;

	private final WaitingWrites writes;

	private final KeyValues values = new KeyValues();

	private final Subscription applied;

	KeyValueStore(ReplicatedLog<KeyValue> log, KeyValueProperties properties) {
		this.log = log;
		this.timeout = properties.timeout();
		this.quorum = new QuorumConnection(log);
		this.writes = new WaitingWrites(properties.maxWaitingWrites());
		this.applied = log.follow(0, this.values::apply);
	}

	/**
	 * Writes an entry and completes once it is decided and applied on this node.
	 * @return future of where the entry stands; fails as
	 * {@link ReplicatedLog#append(Object)} does, with {@link NoQuorumException} when it
	 * was not even tried, with {@link EntryTooLargeException}, and with
	 * {@link java.util.concurrent.TimeoutException}
	 */
	CompletableFuture<Appended> write(KeyValue entry) {
		return this.quorum.awaitConnection()
			.thenCompose((connected) -> this.writes.admit(() -> append(entry)))
			.thenCompose(this::whenApplied)
			.orTimeout(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** Its size is all that an entry which is a value can be refused for. */
	private CompletableFuture<Appended> append(KeyValue entry) {
		try {
			return this.log.append(entry);
		}
		catch (IllegalArgumentException ex) {
			throw new EntryTooLargeException(ex);
		}
	}

	/**
	 * A write that is decided stays so, even if this node stops before it has applied it,
	 * or can't.
	 */
	private CompletableFuture<Appended> whenApplied(Appended appended) {
		long position = appended.isIndexKnown() ? appended.index() + 1 : this.log.indexes().decided();
		return this.applied.reached(position).handle((reached, ended) -> appended);
	}

	/**
	 * Reads a value.
	 * @return future of the value, or of nothing; fails with {@link NoQuorumException}
	 * when there is no hope of a linearizable read now, and with
	 * {@link java.util.concurrent.TimeoutException}
	 */
	CompletableFuture<Optional<KeyValue>> get(String key, ReadConsistency consistency) {
		return read(consistency, () -> this.values.get(key));
	}

	/** Reads a part of the values, in the order of their keys. */
	CompletableFuture<KeyValues.Page> page(@Nullable String after, int limit, ReadConsistency consistency) {
		return read(consistency, () -> this.values.page(after, limit));
	}

	private <R> CompletableFuture<R> read(ReadConsistency consistency, Supplier<R> query) {
		if (consistency instanceof ReadConsistency.Linearizable) {
			return this.quorum.awaitConnection()
				.thenCompose((connected) -> consistency.read(this.applied, query, this.timeout))
				.orTimeout(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		return consistency.read(this.applied, query, this.timeout);
	}

	/** Returns why nothing more is applied on this node; empty while all is. */
	Optional<Throwable> failure() {
		return this.applied.failure();
	}

	@Override
	public void close() {
		this.applied.close();
	}

}
