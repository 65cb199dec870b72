package io.omnipaxos.autoconfigure.http;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.node.wire.FrameCodec;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait in the order in which they came, bounded in number and in bytes. Any
 * thread may offer; one at a time takes.
 */
final class SendLane {

	private final int maxMessages;

	private final long maxBytes;

	private final Queue<Queued> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger messages = new AtomicInteger();

	private final AtomicLong bytes = new AtomicLong();

	SendLane(int maxMessages, long maxBytes) {
		this.maxMessages = maxMessages;
		this.maxBytes = maxBytes;
	}

	/** Adds a message, unless it does not fit. */
	boolean offer(String log, Envelope envelope) {
		long size = FrameCodec.sizeOf(envelope.message());
		boolean fits = this.messages.incrementAndGet() <= this.maxMessages;
		fits &= this.bytes.addAndGet(size) <= this.maxBytes;
		if (!fits) {
			release(size);
			return false;
		}
		return this.queue.add(new Queued(log, envelope, size));
	}

	@Nullable Queued peek() {
		return this.queue.peek();
	}

	@Nullable Queued poll() {
		Queued next = this.queue.poll();
		if (next != null) {
			release(next.size());
		}
		return next;
	}

	private void release(long size) {
		this.messages.decrementAndGet();
		this.bytes.addAndGet(-size);
	}

	boolean isEmpty() {
		return this.queue.isEmpty();
	}

	/** Forgets everything, and returns how many messages that were. */
	int clear() {
		int dropped = 0;
		while (poll() != null) {
			dropped++;
		}
		return dropped;
	}

	/**
	 * A message that waits.
	 *
	 * @param log log that it belongs to
	 * @param envelope message
	 * @param size what it is taken to cost in a frame, in bytes
	 */
	record Queued(String log, Envelope envelope, long size) {
	}

}
