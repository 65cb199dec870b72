package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.wire.FrameCodec;
import io.omnipaxos.node.wire.FrameReader;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one stream from its request, and answers the request. Nothing that goes wrong
 * with the stream goes beyond this.
 */
final class StreamReading {

	private static final Logger logger = LoggerFactory.getLogger(StreamReading.class);

	/**
	 * A peer has to end its stream to hear why it is refused, and is given the time for
	 * it.
	 */
	private static final Executor AFTERWARDS = CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS);

	private final IncomingStreams streams;

	private final IncomingStream stream;

	private final FrameCodec codec;

	StreamReading(IncomingStreams streams, IncomingStream stream, FrameCodec codec) {
		this.streams = streams;
		this.stream = stream;
		this.codec = codec;
	}

	void run(StreamCompletion completion) {
		End end = End.LOST;
		try {
			end = takeAll(completion.request(), completion.response());
		}
		catch (IOException ex) {
			logger.debug("The stream of {} was lost", this.stream.opening().from(), ex);
		}
		finally {
			this.streams.ended(this.stream, end == End.LOST);
			switch (end) {
				case ANSWERED -> finish(completion::complete);
				case CUT_SHORT -> AFTERWARDS.execute(() -> finish(completion::completeWithoutTheRest));
				case LOST -> finish(completion::completeWithoutTheRest);
			}
		}
	}

	private End takeAll(ServletRequest request, HttpServletResponse response) throws IOException {
		try {
			this.stream.takeAll(new FrameReader(request.getInputStream(), this.codec));
			response.setStatus(HttpServletResponse.SC_NO_CONTENT);
			return End.ANSWERED;
		}
		catch (StreamRefusedException ex) {
			log(ex);
			StreamProblem.write(ex, response);
			// A node that stops waits for its requests, and then cuts all of them.
			return (ex.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) ? End.ANSWERED : End.CUT_SHORT;
		}
		catch (RuntimeException ex) {
			logger.error("The stream of {} ends here, by a failure of this node", this.stream.opening().from(), ex);
			StreamProblem.write(new StreamRefusedException(HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
					"This node has failed to take a message", "Look into its log."), response);
			return End.CUT_SHORT;
		}
	}

	/** A stream that is over was left behind, with what was under way on it. */
	private void log(StreamRefusedException refusal) {
		NodeId peer = this.stream.opening().from();
		if (this.stream.isOver()) {
			logger.debug("What still came on stream {} of {} is not taken: {}", this.stream.opening().number(), peer,
					refusal.reason());
		}
		else {
			logger.warn("The stream of {} ends here, with status {}: {}. {}", peer, refusal.status(), refusal.reason(),
					refusal.action());
		}
	}

	/** The stream can't be read at all. */
	void abandon() {
		this.streams.ended(this.stream, true);
	}

	private void finish(Runnable completing) {
		try {
			completing.run();
		}
		catch (IllegalStateException ex) {
			logger.debug("The web server had ended the stream of {}", this.stream.opening().from(), ex);
		}
	}

	private enum End {

		/** Nothing is left to be read, or the web server may wait for it. */
		ANSWERED,

		/** The sender has been told, and may go on all the same. */
		CUT_SHORT,

		/** Nobody can be told anything. */
		LOST

	}

}
