package io.omnipaxos.autoconfigure.http;

import java.time.Duration;

/**
 * Settings of a node's peer streams.
 *
 * @param path path of the streams on every node's web server, with a leading slash
 * @param maxFrameBytes longest frame that is sent or taken
 * @param connectTimeout time that a connection may take to come about
 * @param answerTimeout time that a peer may take to say whether it takes a stream, and to
 * answer its end
 * @param silenceTimeout time after which a stream is opened anew when nothing was heard
 * from its peer, or when the peer took nothing of what waits for it
 * @param minBackoff pause before the first attempt to open a broken stream again
 * @param maxBackoff longest pause between two attempts
 * @param closeTimeout time that peers have to end their streams when this node stops
 * @param maxQueuedMessages messages that may wait for one peer; as many heartbeats and
 * read barriers may, beside the others
 * @param maxQueuedBytes size of the messages that may wait for one peer, likewise; not
 * less than the longest frame
 */
public record HttpTransportSettings(String path, int maxFrameBytes, Duration connectTimeout, Duration answerTimeout,
		Duration silenceTimeout, Duration minBackoff, Duration maxBackoff, Duration closeTimeout, int maxQueuedMessages,
		long maxQueuedBytes) {

	public HttpTransportSettings {
		if (!path.startsWith("/") || path.endsWith("/")) {
			throw new IllegalArgumentException(
					"The path of the peer streams must start with a slash and not end with one: '%s'".formatted(path));
		}
		if (maxQueuedBytes < maxFrameBytes) {
			throw new IllegalArgumentException("The longest frame, %d bytes, must fit the queue of %d bytes"
				.formatted(maxFrameBytes, maxQueuedBytes));
		}
	}

}
