package io.omnipaxos.autoconfigure.http;

import jakarta.servlet.ServletRequest;

/**
 * The rest of a body that nobody wants any more. A web server may read on to its end, in
 * a request thread, and whoever sends it need not end it.
 */
interface UnreadBody {

	/** A web server that has its own way with it. */
	UnreadBody OF_ANY_SERVER = new UnreadBody() {

		@Override
		public void keepSilent() {
			// Nothing is said of it.
		}

		@Override
		public void leave() {
			// Whether it is left is up to the web server.
		}

	};

	/** Returns the unread body of a request. */
	static UnreadBody of(ServletRequest request) {
		return (request.getAttribute(UnreadBody.class.getName()) instanceof UnreadBody body) ? body : OF_ANY_SERVER;
	}

	/**
	 * Keeps the web server from adding a page about it to the answer. In any thread.
	 */
	void keepSilent();

	/**
	 * Has the connection closed when the request is over, and nothing said of it. The
	 * request must have been answered, down to the last byte, or its connection be lost.
	 * In a thread of the web server only, and in none while another is at the request.
	 */
	void leave();

}
