package io.omnipaxos.autoconfigure.http;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the request of a stream once: when its reader has come to the end, or the web
 * server has found the connection lost, whichever comes first. Thread-safe.
 */
final class StreamCompletion implements AsyncListener {

	private static final Logger logger = LoggerFactory.getLogger(StreamCompletion.class);

	/** Longer than a reader needs to notice that its connection is lost. */
	private static final long READER_SECONDS = 5;

	private final AsyncContext context;

	private final CountDownLatch readerDone = new CountDownLatch(1);

	private boolean ended;

	private volatile StreamConnection left = StreamConnection.OF_ANY_SERVER;

	private StreamCompletion(AsyncContext context) {
		this.context = context;
	}

	/** Returns what completes a request that has just become asynchronous. */
	static StreamCompletion of(AsyncContext context) {
		StreamCompletion completion = new StreamCompletion(context);
		context.setTimeout(0);
		context.addListener(completion);
		return completion;
	}

	ServletRequest request() {
		return this.context.getRequest();
	}

	/** The reader touches neither the request nor the answer from now on. */
	void readerIsDone() {
		this.readerDone.countDown();
	}

	/** Completes a request whose body has ended. */
	void complete() {
		end(() -> {
			((HttpServletResponse) this.context.getResponse()).setStatus(HttpServletResponse.SC_NO_CONTENT);
			this.context.complete();
		});
	}

	/**
	 * Completes a request without waiting for the rest of its body. The answer must have
	 * been sent, or the connection be lost.
	 */
	void completeWithoutTheRest() {
		end(() -> {
			this.left = StreamConnection.of(this.context.getRequest());
			this.left.keepSilent();
			this.context.complete();
		});
	}

	/** Has the sender told why nothing more is taken, as {@link StreamEnding} does. */
	void refuse(StreamRefusedException reason) {
		end(() -> {
			StreamEnding.prepare(this.context.getRequest(), reason);
			this.context.dispatch();
		});
	}

	/**
	 * The web server finds out about a lost connection in one thread while the reader
	 * does in another, and must not be ending a request when the other one begins.
	 */
	private synchronized void end(Runnable ending) {
		if (this.ended) {
			return;
		}
		this.ended = true;
		try {
			ending.run();
		}
		catch (IllegalStateException ex) {
			logger.debug("The web server had ended the request of a stream", ex);
		}
	}

	@Override
	public void onComplete(AsyncEvent event) {
		this.left.leave();
	}

	/**
	 * A request that is completed is used for the next connection at once, and what its
	 * former reader still did to it would be done to that.
	 */
	@Override
	public void onError(AsyncEvent event) {
		try {
			if (!this.readerDone.await(READER_SECONDS, TimeUnit.SECONDS)) {
				logger.warn("A stream that is lost is still being read after {} seconds", READER_SECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		completeWithoutTheRest();
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		completeWithoutTheRest();
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		// What is started anew, to tell why a stream ends, has a completion of its own.
	}

}
