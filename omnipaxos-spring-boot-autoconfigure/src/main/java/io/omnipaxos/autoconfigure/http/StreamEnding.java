package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a sender why nothing more of its stream is taken, in a thread of the web server:
 * an answer that fails in another one would disturb the web server amid its own work on
 * the request.
 */
final class StreamEnding {

	private static final Logger logger = LoggerFactory.getLogger(StreamEnding.class);

	private static final String ATTRIBUTE = StreamEnding.class.getName();

	/**
	 * A peer has to end its stream to hear why it is refused, and is given the time for
	 * it.
	 */
	private static final Executor AFTERWARDS = CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS);

	private StreamEnding() {
	}

	/** Keeps the reason until the request is dispatched. */
	static void prepare(ServletRequest request, StreamRefusedException reason) {
		request.setAttribute(ATTRIBUTE, reason);
	}

	/** Returns why the stream of a dispatched request ends, {@code null} for others. */
	static @Nullable StreamRefusedException reason(ServletRequest request) {
		return (request.getDispatcherType() == DispatcherType.ASYNC
				&& request.getAttribute(ATTRIBUTE) instanceof StreamRefusedException reason) ? reason : null;
	}

	/** Does what is to be done when a peer has had its time. */
	static void afterwards(Runnable ending) {
		AFTERWARDS.execute(ending);
	}

	static void tell(StreamRefusedException reason, HttpServletRequest request, HttpServletResponse response) {
		try {
			StreamProblem.write(reason, response);
			// A node that stops waits for its requests, and then cuts all of them.
			if (reason.status() != HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
				StreamCompletion completion = StreamCompletion.of(request.startAsync());
				completion.readerIsDone();
				afterwards(completion::completeWithoutTheRest);
			}
		}
		catch (IOException ex) {
			logger.debug("The sender of a stream does not hear why it is refused", ex);
			StreamConnection.of(request).leave();
		}
	}

}
