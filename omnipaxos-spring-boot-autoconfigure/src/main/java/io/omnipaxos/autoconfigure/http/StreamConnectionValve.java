package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.io.InputStream;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.CoyoteInputStream;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;

/** Gives each request in Tomcat its {@link StreamConnection}. */
final class StreamConnectionValve extends ValveBase {

	StreamConnectionValve() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		request.setAttribute(StreamConnection.class.getName(), new TomcatConnection(request, response));
		getNext().invoke(request, response);
	}

	private record TomcatConnection(Request request, Response response) implements StreamConnection {

		@Override
		public @Nullable Arrival arrival(InputStream body) {
			return (body instanceof CoyoteInputStream) ? StreamProtocol.arrival(this.request.getCoyoteRequest()) : null;
		}

		/**
		 * Tomcat takes a body that is left for an error, and would have a page about it
		 * added to the answer. When that fails too, it never takes the request for
		 * completed.
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
