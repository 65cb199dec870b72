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
	 * Reads in a thread of its own. When the system gives none, which Java calls a lack
	 * of memory, the stream ends as if reading it had failed.
	 */
	void begin(StreamCompletion completion) {
		try {
			this.streams.read(() -> run(completion));
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			end(completion, false, refusing(completion, ex));
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
			ending = refusing(completion, ex);
		}
		finally {
			end(completion, ending == lost, ending);
		}
	}

	private Runnable refusing(StreamCompletion completion, Throwable failure) {
		logger.error("The stream of {} ends here, by a failure of this node", this.stream.opening().from(), failure);
		return () -> completion.refuse(new StreamRefusedException(HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
				"This node has failed to take a message", "Look into its log."));
	}

	private void end(StreamCompletion completion, boolean lost, Runnable ending) {
		completion.readerIsDone();
		this.streams.ended(this.stream, lost);
		ending.run();
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
