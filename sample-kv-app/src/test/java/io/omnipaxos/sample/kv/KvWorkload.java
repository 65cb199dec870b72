package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.omnipaxos.sample.kv.KvHistory.Call;
import io.omnipaxos.test.linearizability.Operation;

/**
 * Clients at all nodes that write and read the same few keys, and note what they saw.
 * Every value is written once, so that a value tells which write it is.
 */
class KvWorkload implements AutoCloseable {

	private static final int CLIENTS_A_NODE = 2;

	private static final int KEYS = 3;

	/** After so many operations other keys take over, which keeps each history short. */
	private static final long OPERATIONS_A_ROUND = 600;

	private final KvHistory history = new KvHistory();

	private final AtomicLong operations = new AtomicLong();

	private final AtomicLong values = new AtomicLong();

	private final ExecutorService clients = Executors.newCachedThreadPool();

	private volatile boolean closed;

	KvWorkload(List<SampleNode> nodes, long seed) {
		for (SampleNode node : nodes) {
			for (int client = 0; client < CLIENTS_A_NODE; client++) {
				Random random = new Random(seed + 31L * node.port() + client);
				this.clients.execute(() -> work(node.client(), random));
			}
		}
	}

	KvHistory history() {
		return this.history;
	}

	private void work(KvClient client, Random random) {
		while (!this.closed) {
			long round = this.operations.getAndIncrement() / OPERATIONS_A_ROUND;
			String key = "key-%d-%d".formatted(round, random.nextInt(KEYS));
			if (random.nextBoolean()) {
				write(client, key);
			}
			else {
				read(client, key);
			}
		}
	}

	private void write(KvClient client, String key) {
		long value = this.values.incrementAndGet();
		long start = System.nanoTime();
		KvClient.Answer answer = null;
		try {
			answer = client.put(key, value);
		}
		catch (ConnectException ex) {
			awaitRestart();
			return;
		}
		catch (IOException ex) {
			// The node was killed, or stands still: nobody knows.
		}
		if (answer != null && answer.isOk()) {
			this.history.add(Call.write(key, value, start, System.nanoTime(), answer.index()));
		}
		else if (answer == null || !answer.text("outcome").equals("not-written")) {
			this.history.add(Call.write(key, value, start, Operation.NEVER, -1));
		}
		else {
			awaitRestart();
		}
	}

	private void read(KvClient client, String key) {
		long start = System.nanoTime();
		try {
			KvClient.Answer answer = client.get("kv/" + key);
			if (answer.isOk()) {
				this.history.add(Call.read(key, ((Number) answer.value()).longValue(), start, System.nanoTime()));
			}
			else if (answer.status() == 404) {
				this.history.add(Call.read(key, null, start, System.nanoTime()));
			}
		}
		catch (IOException ex) {
			// A read that was not answered says nothing.
			awaitRestart();
		}
	}

	/** Calls a node that is down ten times a second, not as often as the machine can. */
	private static void awaitRestart() {
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
	}

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
