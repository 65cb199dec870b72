package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a user types with curl. Sends every request once; never tries again by itself. */
class KvClient {

	private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

	private final URI base;

	KvClient(int port) {
		this("127.0.0.1", port);
	}

	KvClient(String host, int port) {
		this.base = URI.create("http://%s:%d/".formatted(host, port));
	}

	Answer put(String key, Object value) throws IOException {
		return putBody(key, JSON.writeValueAsBytes(value));
	}

	Answer putBody(String key, byte[] body) throws IOException {
		return send("PUT", "kv/" + key, body);
	}

	Answer delete(String key) throws IOException {
		return send("DELETE", "kv/" + key, null);
	}

	Answer get(String path) throws IOException {
		return send("GET", path, null);
	}

	Answer post(String path) throws IOException {
		return post(path, REQUEST_TIMEOUT);
	}

	Answer post(String path, Duration timeout) throws IOException {
		return send(request("POST", path, null).timeout(timeout).build());
	}

	/** Returns all values, by linearizable reads of one page after the other. */
	Map<String, Object> everything() throws IOException {
		Map<String, Object> values = new HashMap<>();
		String query = "kv?limit=1000";
		while (query != null) {
			Answer page = get(query).ok();
			page.body().get("entries").forEach((entry) -> values.put(entry.get("key").stringValue(), valueOf(entry)));
			JsonNode next = page.body().get("next");
			query = next.isNull() ? null : "kv?limit=1000&after=" + next.stringValue();
		}
		return values;
	}

	/** Returns what the node knows of the state of its log. */
	JsonNode status() throws IOException {
		return get("actuator/omnipaxos/keyValue").ok().body();
	}

	/** Returns the value of a meter, which may be told from others by a tag. */
	double metric(String meter) throws IOException {
		return get("actuator/metrics/" + meter).ok().body().get("measurements").get(0).get("value").doubleValue();
	}

	/** Returns the log as the node has it, element by element, from an index on. */
	List<JsonNode> log(long from) throws IOException {
		List<JsonNode> elements = new ArrayList<>();
		JsonNode part = get("log?limit=1000&from=" + from).ok().body();
		while (!part.isEmpty()) {
			part.forEach(elements::add);
			long next = part.get(part.size() - 1).get("index").longValue() + 1;
			part = get("log?limit=1000&from=" + next).ok().body();
		}
		return elements;
	}

	static Object valueOf(JsonNode entry) {
		return JSON.treeToValue(entry.get("value"), Object.class);
	}

	private Answer send(String method, String path, byte @Nullable [] body) throws IOException {
		return send(request(method, path, body).timeout(REQUEST_TIMEOUT).build());
	}

	private HttpRequest.Builder request(String method, String path, byte @Nullable [] body) {
		return HttpRequest.newBuilder(this.base.resolve(path))
			.method(method, (body != null) ? HttpRequest.BodyPublishers.ofByteArray(body)
					: HttpRequest.BodyPublishers.noBody());
	}

	private Answer send(HttpRequest request) throws IOException {
		try {
			HttpResponse<byte[]> response = this.http.send(request, HttpResponse.BodyHandlers.ofByteArray());
			JsonNode json = (response.body().length > 0) ? JSON.readTree(response.body()) : JSON.nullNode();
			return new Answer(response.statusCode(), json, response.headers().firstValue("Retry-After"));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new UncheckedIOException(new IOException("Interrupted", ex));
		}
	}

	/**
	 * An answer of a node.
	 */
	record Answer(int status, JsonNode body, Optional<String> retryAfter) {

		boolean isOk() {
			return this.status == 200;
		}

		Answer ok() {
			if (!isOk()) {
				throw new IllegalStateException("Not OK: " + this);
			}
			return this;
		}

		Object value() {
			return valueOf(ok().body);
		}

		long index() {
			return ok().body.get("index").longValue();
		}

		String text(String property) {
			return this.body.get(property).stringValue();
		}

	}

}
