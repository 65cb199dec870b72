package io.omnipaxos.storage;

import java.time.Duration;
import java.util.List;

import io.omnipaxos.core.LogEntry;
import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.node.EntryType;
import io.omnipaxos.node.OmniPaxosConfig;
import io.omnipaxos.node.OmniPaxosNode;
import io.omnipaxos.node.ReplicatedLog;
import org.jspecify.annotations.Nullable;

/** A cluster of one node, at work on a storage that is closed along with it. */
public final class LoneNode implements AutoCloseable {

	private static final EntryType<String> TEXTS = EntryType.of(String.class).named("texts");

	private static final NodeId PID = new NodeId(2);

	private final StorageFactory storage;

	private final OmniPaxosNode node;

	private LoneNode(StorageFactory storage) {
		this.storage = storage;
		ServerConfig server = ServerConfig.of(PID).withElectionTickTimeout(10);
		this.node = OmniPaxosNode.builder(new OmniPaxosConfig(ClusterConfig.of(1, PID.value()), server))
			.storage(storage)
			.tickInterval(Duration.ofMillis(5))
			.log(TEXTS)
			.build();
	}

	/** Starts a node on a storage. */
	public static LoneNode start(StorageFactory storage) {
		LoneNode started = new LoneNode(storage);
		try {
			started.node.start();
			return started;
		}
		catch (RuntimeException ex) {
			storage.close();
			throw ex;
		}
	}

	/** Returns the log. */
	public ReplicatedLog<String> log() {
		return this.node.log(TEXTS);
	}

	/** Returns the texts that are decided. */
	public List<String> decided() {
		return log().readDecidedSuffix(0).orElseThrow().stream().map(LoneNode::text).toList();
	}

	private static String text(LogEntry<String> entry) {
		if (entry instanceof LogEntry.Decided<String> decided) {
			return decided.value();
		}
		throw new AssertionError("No decided text: " + entry);
	}

	/** Returns why the replica stopped, or {@code null} while it runs. */
	public @Nullable Throwable failure() {
		return this.node.failure(TEXTS.name());
	}

	@Override
	public void close() {
		this.node.stop(Duration.ZERO);
		this.storage.close();
	}

}
