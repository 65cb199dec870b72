package io.omnipaxos.autoconfigure.http;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/** Lets bodies be left unread in Tomcat, for those who ask. */
final class UnreadBodyValve extends ValveBase {

	UnreadBodyValve() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		UnreadBody.canBeLeft(request, () -> leave(request, response));
		getNext().invoke(request, response);
	}

	private static void leave(Request request, Response response) {
		request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
		// Tomcat takes this for an error, and would have a page about it added to the
		// answer. When that fails too, it never takes the request for completed.
		response.setErrorReported();
	}

}
