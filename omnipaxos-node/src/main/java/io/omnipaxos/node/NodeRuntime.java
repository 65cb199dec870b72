package io.omnipaxos.node;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops the parts of a node in their order, and brings them what arrives.
 */
final class NodeRuntime implements TransportHandler {

	private static final Logger logger = LoggerFactory.getLogger(NodeRuntime.class);

	/**
	 * For how long the logs' threads and storages are waited for: as long as a storage
	 * has patience with a database, and no longer than a process is left to end.
	 */
	private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

	private final OmniPaxosNode node;

	private final StorageFactory storage;

	private final TickSource ticks;

	private final List<NodeListener> listeners;

	/** Complete before anybody else sees it. */
	private volatile Map<String, Replica> replicas = Map.of();

	private final ReplicaStops stops = new ReplicaStops(STOP_PATIENCE);

	private State state = State.NEW;

	NodeRuntime(OmniPaxosNode node, StorageFactory storage, TickSource ticks, List<NodeListener> listeners) {
		this.node = node;
		this.storage = storage;
		this.ticks = ticks;
		this.listeners = List.copyOf(listeners);
	}

	synchronized void start() {
		if (this.state != State.NEW) {
			throw new IllegalStateException("A node is started once, and this one is " + this.state);
		}
		this.state = State.STOPPED;
		Map<String, Replica> opened = new LinkedHashMap<>();
		try {
			for (DefaultReplicatedLog<?> log : this.node.replicatedLogs()) {
				opened.put(log.name(), open(log.type()));
			}
			this.replicas = opened;
			OmniPaxosConfig config = this.node.config();
			this.node.transport()
				.start(new Transport.LocalNode(this.node.clusterName(), config.server().pid(),
						config.cluster().configurationId(), this.storage.storageId(), this.storage, config), this);
		}
		catch (RuntimeException ex) {
			this.replicas = Map.of();
			this.stops.stop(opened);
			this.node.replicatedLogs().forEach(DefaultReplicatedLog::abandoned);
			throw ex;
		}
		this.state = State.RUNNING;
		opened.values().forEach(Replica::start);
		this.node.replicatedLogs().forEach((log) -> log.started(Objects.requireNonNull(opened.get(log.name()))));
		try {
			this.ticks.start(() -> opened.values().forEach(Replica::tick));
		}
		catch (RuntimeException ex) {
			stop(Duration.ZERO);
			throw ex;
		}
	}

	private Replica open(EntryType<?> type) {
		Storage opened = new FirstSession(this.storage.open(type.name()), System.currentTimeMillis());
		try {
			OmniPaxosConfig config = this.node.config();
			ReplicaEvents events = new ReplicaEvents(type.name(), this.listeners,
					new ForgetfulTrim(this.storage.storageId(), config.cluster().nodes().size()));
			return new Replica(config, opened, TypedSnapshotFolder.of(type),
					new Outbound(type.name(), this.node.transport()), events, new Pulse(tolerance()));
		}
		catch (RuntimeException ex) {
			opened.close();
			throw ex;
		}
	}

	void stop(Duration handOverTimeout) {
		if (this.replicas.values().stream().anyMatch(Replica::isCaller)) {
			throw new IllegalStateException("A replica's own thread, which listeners are called on and futures"
					+ " complete on, can't wait for it to end: stop the node on another thread");
		}
		stopOnce(handOverTimeout);
	}

	/** For how long a log may stand still. */
	Duration tolerance() {
		return Pulse.tolerance(this.node.config(), this.ticks.interval());
	}

	private synchronized void stopOnce(Duration handOverTimeout) {
		State before = this.state;
		this.state = State.STOPPED;
		if (before == State.NEW) {
			this.node.replicatedLogs().forEach(DefaultReplicatedLog::abandoned);
		}
		else if (before == State.RUNNING) {
			end(handOverTimeout);
		}
	}

	private void end(Duration handOverTimeout) {
		awaitDeparture(handOverTimeout);
		this.ticks.stop();
		closeTransport();
		this.stops.stop(this.replicas);
	}

	/** What can't be closed must not keep the rest from being closed. */
	private void closeTransport() {
		try {
			this.node.transport().close();
		}
		catch (RuntimeException ex) {
			logger.warn("The transport was not closed properly", ex);
		}
	}

	private void awaitDeparture(Duration timeout) {
		CompletableFuture<Void> departure = all(this.replicas.values().stream().map(Replica::depart))
			.thenCompose((answered) -> all(this.node.replicatedLogs().stream().map(DefaultReplicatedLog::handedOver)));
		try {
			departure.get(TimeUnit.MILLISECONDS.convert(timeout), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			logger.warn("Node {} has waited {} and stops although it leads or has requests under way",
					this.node.config().server().pid().value(), timeout);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A departure does not fail", ex);
		}
	}

	private static CompletableFuture<Void> all(Stream<CompletableFuture<Void>> futures) {
		return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
	}

	@Override
	public void received(String log, List<Envelope> messages) {
		Replica replica = this.replicas.get(log);
		if (replica != null) {
			replica.received(messages);
		}
	}

	@Override
	public void connected(NodeId peer) {
		this.replicas.values().forEach((replica) -> replica.command((core) -> core.reconnected(peer)));
	}

	@Override
	public void disconnected(NodeId peer) {
		this.replicas.values().forEach((replica) -> replica.command((core) -> core.disconnected(peer)));
	}

	private enum State {

		NEW, RUNNING, STOPPED

	}

}
