package io.omnipaxos.node;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

import io.omnipaxos.core.LogEntry;
import io.omnipaxos.core.LogIndexes;
import io.omnipaxos.core.LogReader;
import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.ReplicaStatus;
import io.omnipaxos.core.Role;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A log as its users hold it: objects in front of a {@link Replica}'s bytes. There before
 * the replica is, and after.
 *
 * @param <T> type of the entries
 */
final class DefaultReplicatedLog<T> implements ReplicatedLog<T> {

	private final EntryType<T> type;

	private final OmniPaxosConfig config;

	private final EntryMapper<T> mapper;

	/** Those that have not ended, started or not. */
	private final List<LogSubscription<T>> subscriptions = new CopyOnWriteArrayList<>();

	private volatile @Nullable Replica replica;

	private boolean abandoned;

	DefaultReplicatedLog(EntryType<T> type, OmniPaxosConfig config) {
		this.type = type;
		this.config = config;
		this.mapper = new EntryMapper<>(type);
	}

	EntryType<T> type() {
		return this.type;
	}

	@Nullable Replica replica() {
		return this.replica;
	}

	synchronized void started(Replica started) {
		this.replica = started;
		this.subscriptions.forEach((subscription) -> start(subscription, started));
	}

	/** There will be no replica: whoever waits for it is told so. */
	synchronized void abandoned() {
		this.abandoned = true;
		this.subscriptions.forEach((subscription) -> subscription.abandoned(notStarted()));
	}

	private void start(LogSubscription<T> subscription, Replica running) {
		if (!subscription.isClosed()) {
			running.events().add(subscription);
			subscription.start(running.view());
		}
	}

	@Override
	public String name() {
		return this.type.name();
	}

	@Override
	public CompletableFuture<Appended> append(T entry) {
		Payload payload = encode(entry);
		return ask((running) -> running.append(payload, null));
	}

	@Override
	public CompletableFuture<List<Appended>> appendAll(List<T> entries) {
		List<Payload> payloads = entries.stream().map(this::encode).toList();
		return ask((running) -> running.appendAll(payloads));
	}

	private Payload encode(T entry) {
		byte[] bytes = this.type.codec().encode(entry);
		int limit = this.config.server().limits().maxEntryBytes();
		if (bytes.length > limit) {
			throw new IllegalArgumentException(
					"The entry has %d bytes, and the limit is %d".formatted(bytes.length, limit));
		}
		return Payload.of(bytes);
	}

	@Override
	public CompletableFuture<Appended> reconfigure(ClusterConfig next, byte[] metadata) {
		return ask((running) -> running.append(Payload.of(metadata.clone()), next));
	}

	@Override
	public Optional<LogEntry<T>> read(long index) {
		return reader().read(index).map(this.mapper::map);
	}

	@Override
	public Optional<List<LogEntry<T>>> read(long from, long to) {
		return reader().read(from, to).map(this.mapper::map);
	}

	@Override
	public Optional<List<LogEntry<T>>> readDecidedSuffix(long from) {
		return reader().readDecidedSuffix(from).map(this.mapper::map);
	}

	private LogReader reader() {
		Replica running = this.replica;
		if (running == null) {
			throw notStarted();
		}
		return running.view().reader();
	}

	@Override
	public LogIndexes indexes() {
		Replica running = this.replica;
		return (running != null) ? running.view().indexes() : new LogIndexes(-1, 0, 0, 0, 0);
	}

	@Override
	public CompletableFuture<Long> readBarrier() {
		return ask(Replica::readBarrier);
	}

	@Override
	public CompletableFuture<Long> awaitDecided(long length) {
		return ask((running) -> running.awaitDecided(length));
	}

	@Override
	public synchronized Subscription follow(long from, LogListener<T> listener) {
		if (from < 0) {
			throw new IllegalArgumentException("An index must not be negative: " + from);
		}
		LogSubscription<T> subscription = new LogSubscription<>(name(), from, listener, this.mapper, this::readBarrier,
				this::ended);
		this.subscriptions.add(subscription);
		Replica running = this.replica;
		if (running != null) {
			start(subscription, running);
		}
		else if (this.abandoned) {
			subscription.abandoned(notStarted());
		}
		return subscription;
	}

	private void ended(LogSubscription<T> subscription) {
		this.subscriptions.remove(subscription);
		Replica running = this.replica;
		if (running != null) {
			running.events().remove(subscription);
		}
	}

	/**
	 * Completes when every subscription has handed over what is decided now, or has
	 * ended.
	 */
	CompletableFuture<Void> handedOver() {
		long decided = indexes().decided();
		return CompletableFuture.allOf(this.subscriptions.stream()
			.map((subscription) -> subscription.reached(decided).exceptionally((ended) -> decided))
			.toArray(CompletableFuture<?>[]::new));
	}

	@Override
	public CompletableFuture<Void> trim(long index) {
		return ask((running) -> running.trim(index));
	}

	@Override
	public CompletableFuture<Void> trim() {
		return ask((running) -> running.trim(null));
	}

	@Override
	public CompletableFuture<Void> snapshot(long index, boolean localOnly) {
		return ask((running) -> running.snapshot(index, localOnly));
	}

	@Override
	public CompletableFuture<Void> snapshot(boolean localOnly) {
		return ask((running) -> running.snapshot(null, localOnly));
	}

	private <R> CompletableFuture<R> ask(Function<Replica, CompletableFuture<R>> question) {
		Replica running = this.replica;
		return (running != null) ? question.apply(running) : CompletableFuture.failedFuture(notStarted());
	}

	private ReplicaStoppedException notStarted() {
		return new ReplicaStoppedException("This node's replica of log %s has not been started".formatted(name()));
	}

	@Override
	public Optional<NodeId> leader() {
		return Optional.ofNullable(status().leader());
	}

	@Override
	public void tryBecomeLeader() {
		tell(OmniPaxos::tryBecomeLeader);
	}

	@Override
	public void setPriority(int priority) {
		if (priority < 0) {
			throw new IllegalArgumentException("The priority must not be negative: " + priority);
		}
		tell((core) -> core.setPriority(priority));
	}

	@Override
	public void reconnected(NodeId peer) {
		tell((core) -> core.reconnected(peer));
	}

	private void tell(Consumer<OmniPaxos> command) {
		Replica running = this.replica;
		if (running != null) {
			running.command(command);
		}
	}

	@Override
	public ReplicaStatus status() {
		Replica running = this.replica;
		return (running != null) ? running.view().status() : statusBeforeStart();
	}

	// In class files NullAway misses annotations on nested types, here on Entry.StopSign.
	@SuppressWarnings("NullAway")
	private ReplicaStatus statusBeforeStart() {
		return new ReplicaStatus(this.config.server().pid(), this.config.cluster().configurationId(), Role.SYNCING,
				null, Ballot.NONE, Ballot.NONE, indexes(), new ReplicaStatus.Connectivity(false, false, false), 0, 0,
				false, null, -1, List.of());
	}

	@Override
	public String toString() {
		return "log %s on node %s".formatted(name(), this.config.server().pid().value());
	}

}
