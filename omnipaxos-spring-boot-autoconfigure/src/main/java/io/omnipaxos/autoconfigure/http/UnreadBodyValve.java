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
		request.setAttribute(UnreadBody.class.getName(), new TomcatBody(request, response));
		getNext().invoke(request, response);
	}

	/** Tomcat takes a body that is left for an error. */
	private record TomcatBody(Request request, Response response) implements UnreadBody {

		/**
		 * Without it, Tomcat would have a page about the error added to the answer. When
		 * that fails too, it never takes the request for completed.
		 */
		@Override
		public void keepSilent() {
			this.response.setError();
			this.response.setErrorReported();
		}

		/**
		 * A request with an error that is still on its way out of its thread is closed by
		 * Tomcat without being completed.
		 */
		@Override
		public void leave() {
			this.request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
			keepSilent();
		}

	}

}
