package io.omnipaxos.autoconfigure.http;

import java.io.IOException;

import io.omnipaxos.node.wire.FrameFormat;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of peer streams. A {@code POST} is a stream, however short; a
 * {@code GET} with the same headers asks whether it would be taken.
 * <p>
 * A stream is read by a thread of its own: it occupies none of the web server's, and goes
 * on while all of them are busy.
 */
final class PeerStreamServlet extends HttpServlet {

	private static final long serialVersionUID = 1L;

	private final transient HttpTransport transport;

	PeerStreamServlet(HttpTransport transport) {
		this.transport = transport;
	}

	@Override
	protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
		StreamRefusedException reason = StreamEnding.reason(request);
		if (reason != null) {
			StreamEnding.tell(reason, request, response);
			return;
		}
		try {
			switch (request.getMethod()) {
				case "GET" -> answer(request, response);
				case "POST" -> take(request);
				default -> throw new StreamRefusedException(HttpServletResponse.SC_METHOD_NOT_ALLOWED,
						"A peer stream is opened in another way", "Ask with 'GET', and send with 'POST'.");
			}
		}
		catch (StreamRefusedException ex) {
			StreamProblem.write(ex, response);
			StreamConnection.of(request).leave();
		}
	}

	private void answer(HttpServletRequest request, HttpServletResponse response) throws StreamRefusedException {
		if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
			throw new StreamRefusedException(HttpServletResponse.SC_BAD_REQUEST, "The question has a body",
					"Ask with the headers alone.");
		}
		this.transport.entrance().ask(request, response);
		response.setStatus(HttpServletResponse.SC_NO_CONTENT);
	}

	private void take(HttpServletRequest request) throws StreamRefusedException {
		FrameFormat format = format(request.getContentType());
		StreamEntrance entrance = this.transport.entrance();
		IncomingStreams streams = entrance.streams();
		IncomingStream stream = entrance.enter(request, format);
		StreamReading reading = new StreamReading(streams, stream, this.transport.codec(format));
		try {
			reading.begin(StreamCompletion.of(request.startAsync()));
		}
		catch (RuntimeException | Error ex) {
			reading.abandon();
			throw ex;
		}
	}

	private static FrameFormat format(@Nullable String contentType) throws StreamRefusedException {
		if (contentType == null) {
			return FrameFormat.CBOR;
		}
		String mediaType = contentType.split(";", 2)[0].strip();
		for (FrameFormat format : FrameFormat.values()) {
			if (format.mediaType().equalsIgnoreCase(mediaType)) {
				return format;
			}
		}
		throw new StreamRefusedException(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
				"This is not the content type of a peer stream", "Send 'application/cbor' or 'application/json'.");
	}

}
