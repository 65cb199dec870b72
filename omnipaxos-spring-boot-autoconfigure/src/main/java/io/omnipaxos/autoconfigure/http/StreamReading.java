package io.omnipaxos.autoconfigure.http;

import java.io.IOException;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.wire.FrameCodec;
import io.omnipaxos.node.wire.FrameReader;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one stream from its request, and answers the request. Nothing that goes wrong
 * with the stream goes beyond this.
 */
final class StreamReading {

	private static final Logger logger = LoggerFactory.getLogger(StreamReading.class);

	private final IncomingStreams streams;

	private final IncomingStream stream;

	private final FrameCodec codec;

	StreamReading(IncomingStreams streams, IncomingStream stream, FrameCodec codec) {
		this.streams = streams;
		this.stream = stream;
		this.codec = codec;
	}

	void run(AsyncContext context) {
		boolean lost = true;
		try {
			HttpServletResponse response = (HttpServletResponse) context.getResponse();
			takeAll(context, response);
			lost = false;
		}
		catch (IOException ex) {
			logger.debug("The stream of {} was lost", this.stream.opening().from(), ex);
		}
		finally {
			this.streams.ended(this.stream, lost);
			complete(context);
		}
	}

	private void takeAll(AsyncContext context, HttpServletResponse response) throws IOException {
		try {
			this.stream.takeAll(new FrameReader(context.getRequest().getInputStream(), this.codec));
			response.setStatus(HttpServletResponse.SC_NO_CONTENT);
		}
		catch (StreamRefusedException ex) {
			log(ex);
			StreamProblem.write(ex, response);
		}
		catch (RuntimeException ex) {
			logger.error("The stream of {} ends here, by a failure of this node", this.stream.opening().from(), ex);
			StreamProblem.write(new StreamRefusedException(HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
					"This node has failed to take a message", "Look into its log."), response);
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

	private void complete(AsyncContext context) {
		try {
			context.complete();
		}
		catch (IllegalStateException ex) {
			logger.debug("The web server had ended the stream of {}", this.stream.opening().from(), ex);
		}
	}

}
