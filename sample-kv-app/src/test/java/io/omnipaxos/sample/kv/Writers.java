package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Load: clients at every node, each writing one key of its own after the other. */
class Writers implements AutoCloseable {

	private static final int CLIENTS_A_NODE = 4;

	private final Map<String, Object> answered = new ConcurrentHashMap<>();

	private final ExecutorService clients = Executors.newCachedThreadPool();

	private volatile boolean closed;

	Writers(SampleCluster cluster) {
		for (SampleNode node : cluster.nodes()) {
			for (int client = 0; client < CLIENTS_A_NODE; client++) {
				String prefix = "%d-%d-".formatted(node.port(), client);
				this.clients.execute(() -> write(node.client(), prefix));
			}
		}
	}

	/** Writes until the node is gone. */
	private void write(KvClient client, String prefix) {
		try {
			for (int write = 0; !this.closed; write++) {
				if (client.put(prefix + write, write).isOk()) {
					this.answered.put(prefix + write, write);
				}
			}
		}
		catch (IOException ex) {
			// The node was killed, which ends this client.
			return;
		}
	}

	/** Returns what was answered so far. */
	Map<String, Object> answered() {
		return new HashMap<>(this.answered);
	}

	/** Lets every client finish the write that it is at. */
	@Override
	public void close() {
		this.closed = true;
		this.clients.shutdown();
		try {
			if (!this.clients.awaitTermination(30, TimeUnit.SECONDS)) {
				throw new IllegalStateException("A client hangs");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
