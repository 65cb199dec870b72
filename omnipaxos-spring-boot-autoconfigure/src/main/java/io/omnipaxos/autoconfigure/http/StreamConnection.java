package io.omnipaxos.autoconfigure.http;

import java.io.InputStream;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a request, as far as a web server lets others at it: what a stream
 * needs and servlets have no words for.
 */
interface StreamConnection {

	/** A web server that has its own way with its connections. */
	StreamConnection OF_ANY_SERVER = new StreamConnection() {

		@Override
		public @Nullable Arrival arrival(InputStream body) {
			return null;
		}

		@Override
		public void keepSilent() {
			// Nothing is said of it.
		}

		@Override
		public void leave() {
			// Whether it is left is up to the web server.
		}

	};

	/** Returns the connection of a request. */
	static StreamConnection of(ServletRequest request) {
		return (request.getAttribute(StreamConnection.class.getName()) instanceof StreamConnection connection)
				? connection : OF_ANY_SERVER;
	}

	/**
	 * Returns where the bytes of a body arrive.
	 * @param body the body as it is read
	 * @return {@code null} if that is not known, or somebody else reads the body ahead
	 */
	@Nullable Arrival arrival(InputStream body);

	/**
	 * Keeps the web server from adding a page about an unread body to the answer. In any
	 * thread.
	 */
	void keepSilent();

	/**
	 * Has the connection closed when the request is over, without reading on to the end
	 * of its body, which whoever sends it need not end, and nothing said of it. The
	 * request must have been answered, down to the last byte, or its connection be lost.
	 * In a thread of the web server only, and in none while another is at the request.
	 */
	void leave();

}
