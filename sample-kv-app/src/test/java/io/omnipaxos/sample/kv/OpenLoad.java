package io.omnipaxos.sample.kv;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import tools.jackson.databind.json.JsonMapper;

/**
 * Many users, who write at a rate and do not wait for each other's answers.
 */
final class OpenLoad {

	private static final JsonMapper JSON = new JsonMapper();

	private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Map<String, Queue<Long>> nanosByOutcome = new ConcurrentHashMap<>();

	private final AtomicLong sent = new AtomicLong();

	private final Duration length;

	private OpenLoad(Duration length) {
		this.length = length;
	}

	/**
	 * Writes at all nodes, evenly.
	 * @param rate writes a second in all
	 * @param waiting writes at a node that may wait for their answers before another one
	 * is sent
	 * @param length how long
	 * @return what became of the writes, once all are answered
	 */
	static OpenLoad run(List<SampleNode> nodes, double rate, int waiting, Duration length) {
		OpenLoad load = new OpenLoad(length);
		List<Thread> threads = new ArrayList<>();
		for (SampleNode node : nodes) {
			Thread thread = new Thread(() -> load.push(node.port(), rate / nodes.size(), waiting));
			thread.start();
			threads.add(thread);
		}
		for (Thread thread : threads) {
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
		}
		return load;
	}

	private void push(int port, double rate, int waiting) {
		Semaphore places = new Semaphore(waiting);
		long start = System.nanoTime();
		for (long write = 0; System.nanoTime() - start < this.length.toNanos(); write++) {
			places.acquireUninterruptibly();
			send(port, write, places);
			LockSupport.parkNanos(start + (long) (write * 1e9 / rate) - System.nanoTime());
		}
		places.acquireUninterruptibly(waiting);
	}

	private void send(int port, long write, Semaphore places) {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:%d/kv/load-%d".formatted(port, write % 100)))
			.timeout(REQUEST_TIMEOUT)
			.PUT(HttpRequest.BodyPublishers.ofString(Long.toString(write)))
			.build();
		long called = System.nanoTime();
		this.sent.incrementAndGet();
		this.http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete((response, failure) -> {
			String outcome = (failure != null) ? failure.getClass().getSimpleName() : outcome(response);
			this.nanosByOutcome.computeIfAbsent(outcome, (added) -> new ConcurrentLinkedQueue<>())
				.add(System.nanoTime() - called);
			places.release();
		});
	}

	private static String outcome(HttpResponse<String> response) {
		return (response.statusCode() == 200) ? "ok" : "%d %s".formatted(response.statusCode(),
				JSON.readTree(response.body()).path("reason").asString("without reason"));
	}

	Set<String> outcomes() {
		return this.nanosByOutcome.keySet();
	}

	/** Returns how many writes a second had an outcome. */
	double rate(String outcome) {
		Queue<Long> nanos = this.nanosByOutcome.get(outcome);
		return (nanos != null) ? nanos.size() / (this.length.toNanos() / 1e9) : 0;
	}

	/** Returns the time within which a share of the answers with an outcome came. */
	Duration within(String outcome, double share) {
		List<Long> sorted = this.nanosByOutcome.getOrDefault(outcome, new ConcurrentLinkedQueue<>())
			.stream()
			.sorted()
			.toList();
		return sorted.isEmpty() ? Duration.ZERO
				: Duration.ofNanos(sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size())));
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(
				"%.0f writes a second:".formatted(this.sent.get() / (this.length.toNanos() / 1e9)));
		for (String outcome : this.nanosByOutcome.keySet()) {
			text.append(" %.0f %s (median %d ms, 99%% %d ms)".formatted(rate(outcome), outcome,
					within(outcome, 0.5).toMillis(), within(outcome, 0.99).toMillis()));
		}
		return text.toString();
	}

}
