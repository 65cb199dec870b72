package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.omnipaxos.node.Appended;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The store over HTTP. No request occupies a thread while it waits for the cluster.
 */
@RestController
@RequestMapping("/kv")
class KeyValueController {

	private static final int MAX_BODY_BYTES = 64 * 1024;

	private static final int MAX_PAGE = 1000;

	private final KeyValueStore store;

	private final ObjectReader json;

	KeyValueController(KeyValueStore store, JsonMapper mapper) {
		this.store = store;
		this.json = mapper.readerFor(Object.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
	}

	/** Whatever the content type says, the body is JSON: a newcomer's curl just works. */
	@PutMapping("/{key}")
	CompletableFuture<Written> put(@PathVariable String key, InputStream body) throws IOException {
		Object value = parse(body.readNBytes(MAX_BODY_BYTES + 1));
		return write(valid(() -> new KeyValue(key, value)));
	}

	@DeleteMapping("/{key}")
	CompletableFuture<Written> delete(@PathVariable String key) {
		return write(KeyValue.deleted(key));
	}

	@GetMapping("/{key}")
	CompletableFuture<KeyValue> get(@PathVariable String key,
			@RequestParam(defaultValue = "linearizable") String consistency,
			@RequestParam(name = "min-index", required = false) @Nullable Long minIndex) {
		return this.store.get(key, valid(() -> ReadConsistency.of(consistency, minIndex)))
			.thenApply((found) -> found.orElseThrow(
					() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no key '%s'".formatted(key))));
	}

	@GetMapping
	CompletableFuture<KeyValues.Page> page(@RequestParam(required = false) @Nullable String after,
			@RequestParam(defaultValue = "100") int limit,
			@RequestParam(defaultValue = "linearizable") String consistency,
			@RequestParam(name = "min-index", required = false) @Nullable Long minIndex) {
		if (limit < 1 || limit > MAX_PAGE) {
			throw badRequest("limit must be 1 to %d".formatted(MAX_PAGE));
		}
		return this.store.page(after, limit, valid(() -> ReadConsistency.of(consistency, minIndex)));
	}

	private CompletableFuture<Written> write(KeyValue entry) {
		return this.store.write(entry).thenApply((appended) -> Written.of(entry.key(), appended));
	}

	private Object parse(byte[] body) {
		if (body.length > MAX_BODY_BYTES) {
			throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE,
					"A value may have %d bytes".formatted(MAX_BODY_BYTES));
		}
		try {
			Object value = this.json.readValue(body);
			if (value != null) {
				return value;
			}
		}
		catch (JacksonException ex) {
			throw badRequest("The body must be a JSON string or number: " + ex.getOriginalMessage());
		}
		throw badRequest("The body must be a JSON string or number; DELETE removes a key");
	}

	private static <T> T valid(Supplier<T> input) {
		try {
			return input.get();
		}
		catch (IllegalArgumentException ex) {
			throw badRequest(ex.getMessage());
		}
	}

	private static ResponseStatusException badRequest(@Nullable String reason) {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST, reason);
	}

	/**
	 * Answer to a write.
	 *
	 * @param key key that was written
	 * @param index where the write stands in the log, or {@code null} when this node took
	 * a snapshot from another node that covers it
	 */
	record Written(String key, @Nullable Long index) {

		static Written of(String key, Appended appended) {
			return new Written(key, appended.isIndexKnown() ? appended.index() : null);
		}

	}

}
