package io.omnipaxos.autoconfigure.actuate;

import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.omnipaxos.core.ReplicaStatus;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.OmniPaxosNode;
import io.omnipaxos.node.ReplicaMetrics;
import io.omnipaxos.node.ReplicatedLog;
import io.omnipaxos.node.Transport.PeerConnection;

/**
 * Meters of a node: what its logs have done, how far they are, and what went to and came
 * from its peers.
 *
 * @since 0.1.0
 */
public class OmniPaxosMetrics implements MeterBinder {

	private final OmniPaxosNode node;

	/**
	 * Creates meters.
	 * @param node node to measure
	 */
	public OmniPaxosMetrics(OmniPaxosNode node) {
		this.node = node;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (ReplicatedLog<?> log : this.node.logs()) {
			bindCounters(log.name(), registry);
			bindGauges(log, registry);
			bindLags(log, registry);
		}
		peers().forEach((peer) -> bindStream(peer, registry));
	}

	private Iterable<NodeId> peers() {
		return this.node.config().cluster().peersOf(this.node.config().server().pid());
	}

	private void bindCounters(String log, MeterRegistry registry) {
		counter(registry, log, "omnipaxos.appended", "Appends that were taken on this node", ReplicaMetrics::appended);
		counter(registry, log, "omnipaxos.refused", "Appends that were refused on this node", ReplicaMetrics::refused);
		counter(registry, log, "omnipaxos.decided", "Entries decided", ReplicaMetrics::decided);
		counter(registry, log, "omnipaxos.elections", "Changes of leader seen", ReplicaMetrics::elections);
		counter(registry, log, "omnipaxos.storage.entries", "Entries written to the storage",
				ReplicaMetrics::entriesWritten);
		counter(registry, log, "omnipaxos.messages.received", "Messages taken from peers", ReplicaMetrics::received);
		counter(registry, log, "omnipaxos.messages.dropped", "Messages from peers for which there was no room",
				ReplicaMetrics::inboxDropped);
		FunctionTimer
			.builder("omnipaxos.storage.writes", this.node, (node) -> node.metrics(log).writes(),
					(node) -> node.metrics(log).writeNanos(), TimeUnit.NANOSECONDS)
			.description("Synced writes to the storage. Entries per write is the size of a batch")
			.tags("log", log)
			.register(registry);
	}

	private void counter(MeterRegistry registry, String log, String name, String description,
			ToLongFunction<ReplicaMetrics> value) {
		FunctionCounter.builder(name, this.node, (node) -> value.applyAsLong(node.metrics(log)))
			.description(description)
			.tags("log", log)
			.register(registry);
	}

	private void bindGauges(ReplicatedLog<?> log, MeterRegistry registry) {
		gauge(registry, log, "omnipaxos.index.accepted", "Length of the log", (status) -> status.indexes().accepted());
		gauge(registry, log, "omnipaxos.index.decided", "Length of the log's decided prefix",
				(status) -> status.indexes().decided());
		gauge(registry, log, "omnipaxos.index.compacted", "First index whose entry is kept",
				(status) -> status.indexes().compacted());
		gauge(registry, log, "omnipaxos.pending", "Entries appended here that wait to be decided",
				ReplicaStatus::pending);
		gauge(registry, log, "omnipaxos.leader", "Whether this node leads", (status) -> status.role().leads() ? 1 : 0);
		gauge(registry, log, "omnipaxos.quorum", "Whether this node hears its leader, or leads with a quorum",
				(status) -> status.connectivity().leader() ? 1 : 0);
	}

	private void gauge(MeterRegistry registry, ReplicatedLog<?> log, String name, String description,
			ToDoubleFunction<ReplicaStatus> value) {
		Gauge.builder(name, log, (source) -> value.applyAsDouble(source.status()))
			.description(description)
			.tags("log", log.name())
			.register(registry);
	}

	private void bindLags(ReplicatedLog<?> log, MeterRegistry registry) {
		for (NodeId peer : peers()) {
			Gauge.builder("omnipaxos.peer.lag", log, (source) -> lag(source.status(), peer))
				.description("Entries that the peer is known to lack of those that this node has decided")
				.tags("log", log.name(), "peer", Long.toString(peer.value()))
				.register(registry);
		}
	}

	private static double lag(ReplicaStatus status, NodeId peer) {
		return status.peers()
			.stream()
			.filter((candidate) -> candidate.pid().equals(peer))
			.mapToLong((found) -> LogDescriptor.PeerDescriptor.lag(status, found))
			.findFirst()
			.orElse(0);
	}

	private void bindStream(NodeId peer, MeterRegistry registry) {
		stream(registry, peer, "omnipaxos.peer.bytes", "out", "Bytes sent to the peer, and received from it",
				PeerConnection::bytesSent);
		stream(registry, peer, "omnipaxos.peer.bytes", "in", "Bytes sent to the peer, and received from it",
				PeerConnection::bytesReceived);
		stream(registry, peer, "omnipaxos.peer.messages", "out", "Messages written to the peer's stream",
				PeerConnection::sent);
		stream(registry, peer, "omnipaxos.peer.dropped", "out", "Messages that found no room, or no connection",
				PeerConnection::dropped);
		Gauge.builder("omnipaxos.peer.connected", this.node, (node) -> isConnected(node, peer) ? 1 : 0)
			.description("Whether messages to the peer can leave")
			.tags("peer", Long.toString(peer.value()))
			.register(registry);
	}

	private void stream(MeterRegistry registry, NodeId peer, String name, String direction, String description,
			ToLongFunction<PeerConnection> value) {
		FunctionCounter.builder(name, this.node, (node) -> {
			PeerConnection connection = node.transport().connections().get(peer);
			return (connection != null) ? value.applyAsLong(connection) : 0;
		})
			.description(description)
			.tags(Tags.of("peer", Long.toString(peer.value()), "direction", direction))
			.register(registry);
	}

	private static boolean isConnected(OmniPaxosNode node, NodeId peer) {
		PeerConnection connection = node.transport().connections().get(peer);
		return connection != null && connection.connected();
	}

}
