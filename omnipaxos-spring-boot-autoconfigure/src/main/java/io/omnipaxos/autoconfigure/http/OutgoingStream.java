package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.omnipaxos.core.message.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request to a peer, which goes on until somebody ends it.
 * <p>
 * Whoever finds the stream idle writes: the log's thread that brings a message, or the
 * client's thread that asks for more. Writing never waits for the network, because the
 * client takes a slice only when the one before has left.
 */
final class OutgoingStream implements BodyPublisher, Subscription {

	private final Backlog backlog;

	private final Consumer<OutgoingStream> onOpen;

	private final AtomicBoolean subscribed = new AtomicBoolean();

	private final AtomicInteger work = new AtomicInteger();

	private final AtomicLong demand = new AtomicLong();

	private volatile @Nullable Subscriber<? super ByteBuffer> subscriber;

	private volatile @Nullable IOException failure;

	private volatile boolean finishing;

	private volatile boolean ended;

	private volatile long progressNanos = System.nanoTime();

	/**
	 * Creates a stream.
	 * @param backlog what waits to be written
	 * @param onOpen called once, when the peer can be written to
	 */
	OutgoingStream(Backlog backlog, Consumer<OutgoingStream> onOpen) {
		this.backlog = backlog;
		this.onOpen = onOpen;
	}

	/** Takes a message, unless too much waits or the stream has ended. */
	boolean offer(String log, Envelope envelope) {
		return !this.ended && !this.finishing && this.backlog.offer(log, envelope);
	}

	/** Writes what waits, if the network takes it. */
	void flush() {
		if (this.work.getAndIncrement() != 0) {
			return;
		}
		try {
			int missed = 1;
			while (missed != 0) {
				writeWhatIsWanted();
				missed = this.work.addAndGet(-missed);
			}
		}
		catch (Error ex) {
			// Nobody else would ever find the stream idle.
			this.failure = new IOException("The stream could not be written", ex);
			this.work.set(0);
			flush();
			throw ex;
		}
	}

	private void writeWhatIsWanted() {
		Subscriber<? super ByteBuffer> target = this.subscriber;
		if (target != null && !this.ended) {
			writeTo(target);
		}
		if (this.ended) {
			this.backlog.clear();
		}
	}

	private void writeTo(Subscriber<? super ByteBuffer> target) {
		try {
			write(target);
		}
		catch (RuntimeException ex) {
			// Not the log's fault, whose thread this may be.
			this.failure = new IOException("The stream could not be written", ex);
		}
		IOException reason = this.failure;
		if (reason != null) {
			this.ended = true;
			target.onError(reason);
		}
	}

	private void write(Subscriber<? super ByteBuffer> target) {
		while (this.demand.get() > 0 && !this.ended && this.failure == null) {
			ByteBuffer slice = this.backlog.nextSlice();
			if (slice == null) {
				break;
			}
			this.demand.decrementAndGet();
			this.progressNanos = System.nanoTime();
			target.onNext(slice);
		}
		if (this.finishing && !this.ended && this.backlog.isEmpty()) {
			this.ended = true;
			target.onComplete();
		}
	}

	/** Ends the stream in order, once what waits is written. */
	void finish() {
		this.finishing = true;
		flush();
	}

	/**
	 * Ends the stream in order, once what has left in part is written. What else waits
	 * stays behind: another stream opens the sooner.
	 */
	void leave() {
		this.backlog.endWithRest();
		finish();
	}

	/** Breaks the stream off. */
	void abort(String reason) {
		this.failure = new IOException(reason);
		flush();
	}

	/** Returns for how long the peer has taken nothing of what waits for it. */
	long stuckNanos() {
		return (this.backlog.isEmpty() || this.demand.get() > 0) ? 0 : System.nanoTime() - this.progressNanos;
	}

	/** Writes nothing more, and forgets what waits, which counts as dropped. */
	void clear() {
		this.ended = true;
		flush();
	}

	@Override
	public long contentLength() {
		return -1;
	}

	@Override
	public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
		if (this.subscribed.compareAndSet(false, true)) {
			subscriber.onSubscribe(this);
			this.subscriber = subscriber;
			this.onOpen.accept(this);
			flush();
		}
		else {
			// The client would repeat a request that failed early; what was sent is gone.
			subscriber.onSubscribe(new NoSubscription());
			subscriber.onError(new IOException("A peer stream is sent once"));
		}
	}

	@Override
	public void request(long n) {
		this.progressNanos = System.nanoTime();
		this.demand.addAndGet(n);
		flush();
	}

	@Override
	public void cancel() {
		this.ended = true;
	}

	private static final class NoSubscription implements Subscription {

		@Override
		public void request(long n) {
			// Nothing comes.
		}

		@Override
		public void cancel() {
			// Nothing to cancel.
		}

	}

}
