package io.omnipaxos.autoconfigure.http;

import java.util.concurrent.atomic.LongAdder;

/**
 * What went to a peer and came from it. Thread-safe.
 */
final class PeerTraffic {

	private final LongAdder sent = new LongAdder();

	private final LongAdder dropped = new LongAdder();

	private final LongAdder bytesSent = new LongAdder();

	private final LongAdder bytesReceived = new LongAdder();

	private volatile long heardNanos = System.nanoTime();

	void sent(int messages, int bytes) {
		this.sent.add(messages);
		this.bytesSent.add(bytes);
	}

	void dropped(int messages) {
		this.dropped.add(messages);
	}

	/** Something arrived from the peer. */
	void received(long bytes) {
		this.bytesReceived.add(bytes);
		this.heardNanos = System.nanoTime();
	}

	/** Returns the time since anything arrived from the peer. */
	long silentNanos() {
		return System.nanoTime() - this.heardNanos;
	}

	long messagesSent() {
		return this.sent.sum();
	}

	long messagesDropped() {
		return this.dropped.sum();
	}

	long bytesSent() {
		return this.bytesSent.sum();
	}

	long bytesReceived() {
		return this.bytesReceived.sum();
	}

}
