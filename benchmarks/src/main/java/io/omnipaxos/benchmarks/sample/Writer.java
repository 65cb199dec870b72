package io.omnipaxos.benchmarks.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Queue;

/** Writes at one node, one write after the other, and notes when each was answered. */
final class Writer implements AutoCloseable {

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final HttpRequest put;

	private final Queue<Long> answered;

	private final Thread thread;

	private volatile long lastBegan;

	private volatile boolean closed;

	/**
	 * Begins to write.
	 * @param url address of the node
	 * @param answered gets the time of each write that succeeded
	 */
	Writer(String url, Queue<Long> answered) {
		this.put = HttpRequest.newBuilder(URI.create(url + "/kv/fail-over"))
			.timeout(Duration.ofSeconds(10))
			.PUT(HttpRequest.BodyPublishers.ofString("42"))
			.build();
		this.answered = answered;
		this.thread = new Thread(this::run, "writer");
		this.thread.start();
	}

	private void run() {
		while (!this.closed) {
			long began = System.nanoTime();
			try {
				if (this.http.send(this.put, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
					this.answered.add(System.nanoTime());
					this.lastBegan = began;
				}
			}
			catch (IOException ex) {
				Thread.onSpinWait();
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	/** Returns when the last write that succeeded was begun. */
	long lastBegan() {
		return this.lastBegan;
	}

	@Override
	public void close() {
		this.closed = true;
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
