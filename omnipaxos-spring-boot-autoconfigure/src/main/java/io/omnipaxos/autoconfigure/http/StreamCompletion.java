package io.omnipaxos.autoconfigure.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Completes the request of a stream once: when its reader has come to the end, or the web
 * server has found the connection lost, whichever comes first. Thread-safe.
 */
final class StreamCompletion implements AsyncListener {

	private final AsyncContext context;

	private boolean completed;

	private volatile UnreadBody left = UnreadBody.OF_ANY_SERVER;

	private StreamCompletion(AsyncContext context) {
		this.context = context;
	}

	/** Returns what completes a request that has just become asynchronous. */
	static StreamCompletion of(AsyncContext context) {
		StreamCompletion completion = new StreamCompletion(context);
		context.addListener(completion);
		return completion;
	}

	ServletRequest request() {
		return this.context.getRequest();
	}

	HttpServletResponse response() {
		return (HttpServletResponse) this.context.getResponse();
	}

	/** Completes a request whose body has ended. */
	void complete() {
		complete(false);
	}

	/**
	 * Completes a request without waiting for the rest of its body. The answer must have
	 * been sent, or the connection be lost.
	 */
	void completeWithoutTheRest() {
		complete(true);
	}

	/**
	 * The web server finds out about a lost connection in one thread while the reader
	 * does in another, and must not be completing when the other one begins.
	 */
	private synchronized void complete(boolean leaveBody) {
		if (!this.completed) {
			this.completed = true;
			if (leaveBody) {
				this.left = UnreadBody.of(this.context.getRequest());
				this.left.keepSilent();
			}
			this.context.complete();
		}
	}

	@Override
	public void onComplete(AsyncEvent event) {
		this.left.leave();
	}

	@Override
	public void onError(AsyncEvent event) {
		completeWithoutTheRest();
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		completeWithoutTheRest();
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		// A stream does not start over.
	}

}
