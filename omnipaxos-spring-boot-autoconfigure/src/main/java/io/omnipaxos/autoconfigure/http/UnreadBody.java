package io.omnipaxos.autoconfigure.http;

import jakarta.servlet.ServletRequest;

/**
 * The rest of a body that nobody wants any more. A web server may read on to its end, in
 * a request thread, and whoever sends it need not end it.
 */
final class UnreadBody {

	private static final String ATTRIBUTE = UnreadBody.class.getName();

	private UnreadBody() {
	}

	/**
	 * Tells how to leave the body of a request unread, on behalf of the web server.
	 * @param request request that has just come in
	 * @param leaving what has the connection closed when the request is over
	 */
	static void canBeLeft(ServletRequest request, Runnable leaving) {
		request.setAttribute(ATTRIBUTE, leaving);
	}

	/**
	 * Leaves what has not been read, where the web server lets us. The request must have
	 * been answered, down to the last byte, or its connection be lost.
	 */
	static void leave(ServletRequest request) {
		if (request.getAttribute(ATTRIBUTE) instanceof Runnable leaving) {
			leaving.run();
		}
	}

}
