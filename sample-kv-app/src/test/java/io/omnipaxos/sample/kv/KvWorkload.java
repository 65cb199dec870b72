package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import io.omnipaxos.sample.kv.KvHistory.Call;
import io.omnipaxos.test.linearizability.Operation;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Clients at all nodes that write and read the same few keys, and note what they saw.
 * Every value is written once, so that a value tells which write it is.
 */
class KvWorkload implements AutoCloseable {

	private static final int CLIENTS_A_NODE = 2;

	private static final int KEYS = 3;

	/** Leaves the machine some time for nodes that start. */
	static final Duration BREATH = Duration.ofMillis(10);

	/** After so many operations other keys take over, which keeps each history short. */
	private static final long OPERATIONS_A_ROUND = 600;

	/** Values of one workload; those of the next are higher. */
	private static final long VALUES = 1L << 32;

	private final KvHistory history = new KvHistory();

	private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();

	private final AtomicLong operations = new AtomicLong();

	private final AtomicLong values;

	private final String prefix;

	private final Duration pause;

	private final ExecutorService clients = Executors.newCachedThreadPool();

	private final List<Future<?>> running = new ArrayList<>();

	private volatile boolean closed;

	/** Starts clients that pause for a {@link #BREATH} between two operations. */
	KvWorkload(List<SampleNode> nodes, long seed) {
		this(nodes, seed, 0, BREATH);
	}

	/**
	 * Starts clients.
	 * @param nodes nodes to work at
	 * @param seed seed of what they do
	 * @param number tells the keys and values from those of other workloads
	 * @param pause time that a client takes between two operations
	 */
	KvWorkload(List<SampleNode> nodes, long seed, int number, Duration pause) {
		this.prefix = "key-%d-".formatted(number);
		this.values = new AtomicLong(number * VALUES);
		this.pause = pause;
		for (SampleNode node : nodes) {
			for (int client = 0; client < CLIENTS_A_NODE; client++) {
				Random random = new Random(seed + 31L * node.port() + client);
				this.running.add(this.clients.submit(() -> work(node.client(), random)));
			}
		}
	}

	KvHistory history() {
		return this.history;
	}

	/** Returns how often each operation had which outcome. */
	Map<String, Long> outcomes() {
		Map<String, Long> counts = new TreeMap<>();
		this.outcomes.forEach((outcome, count) -> counts.put(outcome, count.sum()));
		return counts;
	}

	/** Waits until some more writes were answered. */
	void awaitWrites(int more) {
		long enough = this.history.answeredWrites() + more;
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.history.answeredWrites() >= enough);
	}

	private void work(KvClient client, Random random) {
		while (!this.closed) {
			long round = this.operations.getAndIncrement() / OPERATIONS_A_ROUND;
			String key = this.prefix + "%d-%d".formatted(round, random.nextInt(KEYS));
			if (random.nextBoolean()) {
				write(client, key);
			}
			else {
				read(client, key);
			}
			LockSupport.parkNanos(this.pause.toNanos());
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
			count("write", "not connected");
			awaitRestart();
			return;
		}
		catch (IOException ex) {
			// The node was killed, or stands still: nobody knows.
		}
		count("write", describe(answer));
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
		KvClient.Answer answer = null;
		try {
			answer = client.get("kv/" + key);
		}
		catch (ConnectException ex) {
			count("read", "not connected");
			awaitRestart();
			return;
		}
		catch (IOException ex) {
			// A read that was not answered says nothing.
			awaitRestart();
		}
		count("read", describe(answer));
		if (answer != null && answer.isOk()) {
			this.history.add(Call.read(key, ((Number) answer.value()).longValue(), start, System.nanoTime()));
		}
		else if (answer != null && answer.status() == 404) {
			this.history.add(Call.read(key, null, start, System.nanoTime()));
		}
	}

	private static String describe(KvClient.@Nullable Answer answer) {
		if (answer == null) {
			return "no answer";
		}
		if (answer.isOk() || answer.status() == 404) {
			return "ok";
		}
		return "%d %s".formatted(answer.status(), answer.body().path("reason").asString("without reason"));
	}

	private void count(String operation, String outcome) {
		this.outcomes.computeIfAbsent(operation + " " + outcome, (added) -> new LongAdder()).increment();
	}

	/** Calls a node that is down ten times a second, not as often as the machine can. */
	private static void awaitRestart() {
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
	}

	/** Lets every client finish what it is at; what one of them threw comes out here. */
	@Override
	public void close() {
		this.closed = true;
		this.clients.shutdown();
		try {
			for (Future<?> client : this.running) {
				client.get(30, TimeUnit.SECONDS);
			}
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("A client hangs, or has failed", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
