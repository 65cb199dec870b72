package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers a stream that is refused with its reason, as problem details (RFC 9457).
 */
final class StreamProblem {

	private static final JsonMapper JSON = JsonMapper.shared();

	private StreamProblem() {
	}

	/** Returns what the body of an answer says, as a sentence if it is one of these. */
	static String describe(String body) {
		try {
			JsonNode problem = JSON.readTree(body);
			JsonNode reason = problem.path("detail");
			JsonNode action = problem.path("action");
			return (reason.isString() && action.isString()) ? describe(reason.stringValue(), action.stringValue())
					: body;
		}
		catch (JacksonException ex) {
			// Another kind of answer, of a proxy perhaps.
			return body;
		}
	}

	/** Returns the reason and what to do, without a full stop at the end. */
	static String describe(String reason, String action) {
		String text = "%s. %s".formatted(reason, action);
		return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
	}

	/** Writes the answer, after which nothing of the stream is read any more. */
	static void write(StreamRefusedException refusal, HttpServletResponse response) throws IOException {
		Map<String, Object> problem = new LinkedHashMap<>();
		problem.put("title", "Peer stream refused");
		problem.put("status", refusal.status());
		problem.put("detail", refusal.reason());
		problem.put("action", refusal.action());
		byte[] body = JSON.writeValueAsString(problem).getBytes(StandardCharsets.UTF_8);
		response.setStatus(refusal.status());
		response.setHeader("Connection", "close");
		if (refusal.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
			response.setHeader("Retry-After", "1");
		}
		if (refusal.status() == HttpServletResponse.SC_METHOD_NOT_ALLOWED) {
			response.setHeader("Allow", "GET, POST");
		}
		response.setContentType("application/problem+json");
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
		response.flushBuffer();
	}

}
