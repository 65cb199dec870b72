package io.omnipaxos.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import io.omnipaxos.core.storage.StorageFactory;
import org.awaitility.Awaitility;

/**
 * Whole nodes in one process, with storages that outlive them.
 */
final class TestCluster implements AutoCloseable {

	static final EntryType<String> TEXTS = EntryType.of(String.class).named("texts");

	private final LocalNetwork network = new LocalNetwork();

	private final ClusterConfig config;

	private final Map<NodeId, StorageFactory> storages = new LinkedHashMap<>();

	private final Map<NodeId, OmniPaxosNode> nodes = new LinkedHashMap<>();

	private EntryType<String> type = TEXTS;

	private UnaryOperator<ServerConfig> settings = UnaryOperator.identity();

	private NodeListener listener = new NodeListener() {
	};

	private TestCluster(int size) {
		this.config = ClusterConfig.of(1, LongStream.rangeClosed(1, size).toArray());
		this.config.nodes().forEach((pid) -> this.storages.put(pid, new MemoryStorageFactory("data-" + pid, 0)));
	}

	static TestCluster of(int size) {
		return new TestCluster(size);
	}

	TestCluster with(EntryType<String> other) {
		this.type = other;
		return this;
	}

	TestCluster with(UnaryOperator<ServerConfig> other) {
		this.settings = other;
		return this;
	}

	TestCluster with(NodeListener other) {
		this.listener = other;
		return this;
	}

	TestCluster with(NodeId pid, StorageFactory storage) {
		this.storages.put(pid, storage);
		return this;
	}

	TestCluster start() {
		this.config.nodes().forEach(this::start);
		return this;
	}

	OmniPaxosNode start(NodeId pid) {
		OmniPaxosNode node = build(pid);
		this.nodes.put(pid, node);
		node.start();
		return node;
	}

	OmniPaxosNode build(NodeId pid) {
		ServerConfig server = this.settings
			.apply(ServerConfig.of(pid).withElectionTickTimeout(10).withResendMessageTickTimeout(20));
		return OmniPaxosNode.builder(new OmniPaxosConfig(this.config, server))
			.storage(this.storages.get(pid))
			.transport(this.network.transport())
			.tickInterval(Duration.ofMillis(5))
			.listener(this.listener)
			.log(this.type)
			.build();
	}

	/** Stops a node without asking it to hand anything over. */
	void kill(NodeId pid) {
		this.network.isolate(pid);
		this.nodes.get(pid).stop(Duration.ZERO);
		this.network.healAll();
	}

	OmniPaxosNode node(NodeId pid) {
		return this.nodes.get(pid);
	}

	ReplicatedLog<String> log(NodeId pid) {
		return node(pid).log(this.type);
	}

	List<ReplicatedLog<String>> logs() {
		List<ReplicatedLog<String>> logs = new ArrayList<>();
		this.nodes.keySet().forEach((pid) -> logs.add(log(pid)));
		return logs;
	}

	LocalNetwork network() {
		return this.network;
	}

	/** Waits for a leader that every one of the nodes knows and is one of them. */
	NodeId leaderAmong(List<NodeId> some) {
		return Awaitility.await()
			.until(() -> some.stream().map((pid) -> log(pid).leader().orElse(NodeId.NONE)).distinct().toList(),
					(leaders) -> leaders.size() == 1 && some.contains(leaders.get(0)))
			.get(0);
	}

	NodeId leader() {
		return leaderAmong(List.copyOf(this.nodes.keySet()));
	}

	NodeId follower() {
		NodeId leader = leader();
		return this.config.nodes().stream().filter((pid) -> !pid.equals(leader)).findFirst().orElseThrow();
	}

	List<NodeId> allBut(NodeId pid) {
		return this.config.peersOf(pid);
	}

	/** Returns the result of a future that is bound to complete. */
	static <V> V resultOf(Future<V> future) {
		try {
			return future.get(20, TimeUnit.SECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new AssertionError("The future does not complete well", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted", ex);
		}
	}

	@Override
	public void close() {
		this.nodes.values().forEach((node) -> node.stop(Duration.ZERO));
	}

}
