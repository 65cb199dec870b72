package io.omnipaxos.autoconfigure.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLException;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.node.Transport.PeerConnection;
import io.omnipaxos.node.wire.FrameCodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps one stream to one peer open: asks, opens, watches, and opens again.
 * <p>
 * All of that happens on the one thread of its executor. Any thread may send.
 */
final class PeerLink {

	private static final Logger logger = LoggerFactory.getLogger(PeerLink.class);

	private final StreamClient client;

	private final FrameCodec codec;

	private final HttpTransportSettings settings;

	private final ScheduledExecutorService executor;

	private final Contact contact;

	private final PeerTraffic traffic = new PeerTraffic();

	private final Retry retry;

	private volatile @Nullable StreamAttempt attempt;

	private volatile String detail = "not opened yet";

	private boolean closed;

	/**
	 * Creates a link that is not opened yet.
	 * @param client what speaks to the peer
	 * @param codec how frames are written
	 * @param settings settings
	 * @param executor executor of a single thread
	 * @param contact told whether there is a stream to the peer
	 */
	PeerLink(StreamClient client, FrameCodec codec, HttpTransportSettings settings, ScheduledExecutorService executor,
			Contact contact) {
		this.client = client;
		this.codec = codec;
		this.settings = settings;
		this.executor = executor;
		this.contact = contact;
		this.retry = new Retry(executor, guarded(this::ask), settings.minBackoff(), settings.maxBackoff());
	}

	void open() {
		execute(this::ask);
		long period = Math.max(1, this.settings.silenceTimeout().toNanos() / 4);
		this.executor.scheduleWithFixedDelay(guarded(this::watch), period, period, TimeUnit.NANOSECONDS);
	}

	private void execute(Runnable step) {
		this.executor.execute(guarded(step));
	}

	private Runnable guarded(Runnable step) {
		return () -> {
			try {
				step.run();
			}
			catch (RuntimeException ex) {
				logger.error("The link to {} has failed", this.client.peer(), ex);
			}
		};
	}

	/** Queues a message, or drops it. To be followed by {@link #flush()}. */
	void send(String log, Envelope envelope) {
		StreamAttempt current = this.attempt;
		if (current == null || !current.isOpen() || !current.stream().offer(log, envelope)) {
			this.traffic.dropped(1);
		}
	}

	void flush() {
		StreamAttempt current = this.attempt;
		if (current != null) {
			current.stream().flush();
		}
	}

	PeerTraffic traffic() {
		return this.traffic;
	}

	PeerConnection connection() {
		StreamAttempt current = this.attempt;
		return new PeerConnection(current != null && current.isOpen(), this.detail, this.traffic.messagesSent(),
				this.traffic.messagesDropped(), this.traffic.bytesSent(), this.traffic.bytesReceived());
	}

	/** The peer has opened a stream to this node, so it is there. */
	void peerOpened() {
		execute(this.retry::hurry);
	}

	/**
	 * Ends the stream in order, to open another after a pause. A stream that ends so asks
	 * the peer to do likewise. What waits is dropped, as the protocol sends it again:
	 * until it had left, no heartbeat could.
	 */
	void renew() {
		execute(this::leave);
	}

	private void ask() {
		if (this.closed) {
			return;
		}
		StreamRequest request = this.client.nextRequest();
		request.ask().whenComplete((answer, failure) -> execute(() -> asked(request, answer, failure)));
	}

	private void asked(StreamRequest request, @Nullable StreamAnswer answer, @Nullable Throwable failure) {
		if (this.closed) {
			return;
		}
		String objection = (answer != null) ? request.objectionTo(answer) : StreamRequest.objectionIn(failure);
		if (answer != null && answer.isAccepted() && objection == null) {
			begin(request, answer);
			return;
		}
		this.contact.missed();
		if (answer != null && !answer.isAccepted()) {
			openLater("refused the stream: " + answer, answer.isTemporary());
		}
		else if (objection != null) {
			openLater("is not spoken to: " + objection, false);
		}
		else {
			boolean away = Causes.find(SSLException.class, failure) == null;
			openLater("cannot be reached: " + this.client.describe(failure), away);
		}
	}

	private void begin(StreamRequest request, StreamAnswer answer) {
		SendQueue queue = new SendQueue(this.settings.maxQueuedMessages(), this.settings.maxQueuedBytes());
		OutgoingStream stream = new OutgoingStream(new Backlog(queue, this.codec, this.traffic),
				(open) -> execute(() -> opened(open)));
		StreamAttempt next = new StreamAttempt(stream, request.open(answer, stream));
		this.attempt = next;
		next.answer().whenComplete((last, failure) -> execute(() -> ended(next, last, failure)));
	}

	private void opened(OutgoingStream stream) {
		StreamAttempt current = this.attempt;
		if (current == null || current.stream() != stream || this.closed) {
			return;
		}
		current.opened();
		this.detail = "stream to " + this.client.uri();
		logger.info("Stream to {} at {} is open", this.client.peer(), this.client.uri());
		this.contact.found();
	}

	private void ended(StreamAttempt ended, @Nullable StreamAnswer last, @Nullable Throwable failure) {
		ended.stream().clear();
		this.attempt = null;
		if (this.closed) {
			return;
		}
		boolean inOrder = last != null && last.isAccepted();
		if (ended.isOpen() && ended.ageNanos() > this.settings.maxBackoff().toNanos()) {
			this.retry.reset(!inOrder);
		}
		openLater(ended.describeEnd(last, failure), inOrder && !ended.isGivenUp());
	}

	/**
	 * Opens a stream after a pause, and logs why, unless that is known already.
	 * @param away whether the peer is expected to come and say so
	 */
	private void openLater(String reason, boolean away) {
		if (!reason.equals(this.detail)) {
			this.detail = reason;
			logger.atLevel(away ? Level.INFO : Level.WARN)
				.log("{} at {} {}; trying again", this.client.peer(), this.client.uri(), reason);
		}
		this.retry.later(away);
	}

	/** A connection can be dead without either end being told. */
	private void watch() {
		StreamAttempt current = this.attempt;
		if (current == null || current.isGivenUp()) {
			return;
		}
		long limit = this.settings.silenceTimeout().toNanos();
		if (current.ageNanos() > limit && this.traffic.silentNanos() > limit) {
			this.contact.missed();
			String reason = "nothing was heard for %d ms".formatted(this.settings.silenceTimeout().toMillis());
			// What is dead may be the other direction alone, which only the peer can open
			// anew. It does when this one ends in order, and not when it breaks.
			current.giveUp(reason);
			abortLater(current, reason);
		}
		else if (current.stream().stuckNanos() > limit) {
			this.contact.missed();
			current.abort("nothing was taken for %d ms".formatted(this.settings.silenceTimeout().toMillis()));
		}
	}

	private void leave() {
		StreamAttempt current = this.attempt;
		if (current != null) {
			current.stream().leave();
			abortLater(current, "the peer did not answer the end of the stream");
		}
	}

	/** Breaks a stream off that has not ended, with an answer, when it should have. */
	private void abortLater(StreamAttempt current, String reason) {
		long limit = this.settings.answerTimeout().toNanos();
		this.executor.schedule(() -> current.abort(reason), limit, TimeUnit.NANOSECONDS);
	}

	/** Breaks the stream off, if there still is one. */
	void cut() {
		StreamAttempt current = this.attempt;
		if (current != null) {
			current.abort("this node stops");
		}
	}

	/**
	 * Ends the stream in order, and opens no other.
	 * @return completes when the peer has answered
	 */
	CompletableFuture<StreamAnswer> close() {
		return CompletableFuture.supplyAsync(() -> {
			this.closed = true;
			this.detail = "closed";
			StreamAttempt current = this.attempt;
			if (current == null) {
				return CompletableFuture.completedFuture(StreamAnswer.NONE);
			}
			current.stream().finish();
			return current.answer();
		}, this.executor).thenCompose(Function.identity());
	}

}
