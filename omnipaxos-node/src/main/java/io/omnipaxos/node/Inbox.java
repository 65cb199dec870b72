package io.omnipaxos.node;

import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.node.wire.FrameCodec;
import org.jctools.queues.MpscArrayQueue;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a replica's thread. Filled by any thread without blocking, emptied by
 * the replica's.
 * <p>
 * Messages are bounded here, and dropped beyond that: peers send them again. Appends and
 * reads are bounded where they are asked for, and control always gets through. Ticks do
 * not pile up: however many come while the thread is busy, it sees one.
 */
final class Inbox {

	private static final int MESSAGE_SLOTS = 1 << 13;

	/** How often to look again before going to sleep. */
	private static final int SPINS = 200;

	private final Queue<Delivery> messages = new MpscArrayQueue<>(MESSAGE_SLOTS);

	private final long maxMessageBytes;

	private final AtomicLong messageBytes = new AtomicLong();

	private final Queue<Request> requests = new MpscUnboundedArrayQueue<>(1 << 10);

	private volatile boolean tickDue;

	private volatile boolean stopRequested;

	private final AtomicBoolean asleep = new AtomicBoolean();

	private volatile @Nullable Thread thread;

	/** Why nothing is taken any more, or {@code null} while it is. */
	private volatile @Nullable ReplicaStoppedException closed;

	Inbox(long maxMessageBytes) {
		this.maxMessageBytes = maxMessageBytes;
	}

	/** Makes the calling thread the one that empties this. */
	void claim() {
		this.thread = Thread.currentThread();
	}

	/** Takes messages of a peer, all or none. */
	boolean offer(List<Envelope> envelopes) {
		if (this.closed != null) {
			return false;
		}
		long bytes = 0;
		for (Envelope envelope : envelopes) {
			bytes += FrameCodec.sizeOf(envelope.message());
		}
		long waiting = this.messageBytes.getAndAdd(bytes);
		if (waiting > 0 && waiting + bytes > this.maxMessageBytes
				|| !this.messages.offer(new Delivery(envelopes, bytes))) {
			this.messageBytes.addAndGet(-bytes);
			return false;
		}
		wake();
		return true;
	}

	/** Takes a request, or refuses it when the replica has stopped. */
	void offer(Request request) {
		ReplicaStoppedException reason = this.closed;
		if (reason != null) {
			request.refuse(reason);
			return;
		}
		this.requests.offer(request);
		wake();
		if (this.closed != null) {
			refuseWaiting();
		}
	}

	void tick() {
		this.tickDue = true;
		wake();
	}

	void requestStop() {
		this.stopRequested = true;
		wake();
	}

	boolean isStopRequested() {
		return this.stopRequested;
	}

	/** Takes no more, and refuses what waits. Called by the thread that empties this. */
	void close(ReplicaStoppedException reason) {
		this.closed = reason;
		VarHandle.fullFence();
		refuseWaiting();
		this.messages.clear();
	}

	/** Synchronized, as the queue is for one consumer, and late callers come here too. */
	private synchronized void refuseWaiting() {
		ReplicaStoppedException reason = this.closed;
		if (reason != null) {
			for (Request request = this.requests.poll(); request != null; request = this.requests.poll()) {
				request.refuse(reason);
			}
		}
	}

	@Nullable List<Envelope> pollMessages() {
		Delivery delivery = this.messages.poll();
		if (delivery == null) {
			return null;
		}
		this.messageBytes.addAndGet(-delivery.bytes());
		return delivery.envelopes();
	}

	@Nullable Request pollRequest() {
		return this.requests.poll();
	}

	boolean pollTick() {
		if (this.tickDue) {
			this.tickDue = false;
			return true;
		}
		return false;
	}

	/** Waits until there may be something to poll. */
	void await() {
		for (int i = 0; i < SPINS; i++) {
			if (hasWork()) {
				return;
			}
			Thread.onSpinWait();
		}
		this.asleep.set(true);
		VarHandle.fullFence();
		if (!hasWork()) {
			LockSupport.park(this);
		}
		this.asleep.set(false);
	}

	private void wake() {
		if (Thread.currentThread() == this.thread) {
			return;
		}
		// What was offered must be visible before the flag is read: else both sides might
		// see the other's state from before, and the thread sleep through it.
		VarHandle.fullFence();
		if (this.asleep.get() && this.asleep.compareAndSet(true, false)) {
			LockSupport.unpark(this.thread);
		}
	}

	private boolean hasWork() {
		return this.tickDue || this.stopRequested || !this.requests.isEmpty() || !this.messages.isEmpty();
	}

	private record Delivery(List<Envelope> envelopes, long bytes) {
	}

}
