package io.omnipaxos.autoconfigure.http;

import java.io.IOException;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.wire.FrameCodec;
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

	/**
	 * Reads in a thread of its own.
	 * @throws RuntimeException if there is none; the stream is still open then
	 */
	void begin(StreamCompletion completion) {
		try {
			this.streams.read(() -> run(completion));
		}
		catch (RuntimeException ex) {
			completion.readerIsDone();
			throw ex;
		}
	}

	private void run(StreamCompletion completion) {
		Runnable lost = completion::completeWithoutTheRest;
		Runnable ending = lost;
		try (StreamBody body = StreamBody.of(completion.request())) {
			this.stream.comesThrough(body::cut);
			this.stream.takeAll(body, this.codec);
			ending = completion::complete;
		}
		catch (IOException ex) {
			logger.debug("The stream of {} was lost", this.stream.opening().from(), ex);
		}
		catch (StreamRefusedException ex) {
			log(ex);
			ending = () -> completion.refuse(ex);
		}
		catch (RuntimeException ex) {
			logger.error("The stream of {} ends here, by a failure of this node", this.stream.opening().from(), ex);
			ending = () -> completion.refuse(new StreamRefusedException(HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
					"This node has failed to take a message", "Look into its log."));
		}
		finally {
			completion.readerIsDone();
			this.streams.ended(this.stream, ending == lost);
			ending.run();
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

}
