package io.omnipaxos.benchmarks.sample;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Connections that send one request after the other, each to a node of its own. */
final class RestLoad {

	private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final List<HttpRequest> requests;

	private final AtomicLong failures = new AtomicLong();

	private volatile Histogram latencies = new ConcurrentHistogram(HIGHEST_NANOS, 2);

	private volatile boolean stopping;

	/**
	 * Describes a load.
	 * @param requests what to send, one for each node
	 */
	RestLoad(List<HttpRequest> requests) {
		this.requests = requests;
	}

	/**
	 * Runs for as many seconds as are to be measured, and once more before to warm up.
	 */
	Histogram run(int connections, int seconds) throws InterruptedException {
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < connections; i++) {
			HttpRequest request = this.requests.get(i % this.requests.size());
			threads.add(new Thread(() -> send(request), "connection-" + i));
		}
		threads.forEach(Thread::start);
		TimeUnit.SECONDS.sleep(seconds);
		this.failures.set(0);
		Histogram measured = new ConcurrentHistogram(HIGHEST_NANOS, 2);
		this.latencies = measured;
		TimeUnit.SECONDS.sleep(seconds);
		this.stopping = true;
		Histogram result = measured.copy();
		for (Thread thread : threads) {
			thread.join();
		}
		return result;
	}

	long failures() {
		return this.failures.get();
	}

	private void send(HttpRequest request) {
		while (!this.stopping) {
			long began = System.nanoTime();
			try {
				HttpResponse<byte[]> response = this.http.send(request, HttpResponse.BodyHandlers.ofByteArray());
				if (response.statusCode() == 200) {
					this.latencies.recordValue(System.nanoTime() - began);
				}
				else {
					this.failures.incrementAndGet();
				}
			}
			catch (IOException ex) {
				this.failures.incrementAndGet();
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

}
