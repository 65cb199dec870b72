package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers a stream that is refused with its reason, as problem details (RFC 9457).
 */
final class StreamProblem {

	private static final JsonMapper JSON = JsonMapper.shared();

	private StreamProblem() {
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
		response.setContentType("application/problem+json");
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

}
