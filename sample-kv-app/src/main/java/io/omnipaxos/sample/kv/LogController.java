package io.omnipaxos.sample.kv;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.core.LogEntry;
import io.omnipaxos.core.LogIndexes;
import io.omnipaxos.node.ReplicaStoppedException;
import io.omnipaxos.node.ReplicatedLog;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The log itself, as this node has it: the reads and the snapshot of the tutorial. */
@RestController
@RequestMapping("/log")
class LogController {

	private static final int MAX_PAGE = 1000;

	private final ReplicatedLog<KeyValue> log;

	private final Duration timeout;

	LogController(ReplicatedLog<KeyValue> log, KeyValueProperties properties) {
		this.log = log;
		this.timeout = properties.timeout();
	}

	/** Returns the entries from an index on, undecided ones included. */
	@GetMapping
	List<LogLine> read(@RequestParam(defaultValue = "0") long from, @RequestParam(defaultValue = "100") int limit) {
		long end = this.log.indexes().accepted();
		if (from < 0 || limit < 1 || limit > MAX_PAGE) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"from must not be negative, and limit must be 1 to %d".formatted(MAX_PAGE));
		}
		if (from >= end) {
			return List.of();
		}
		return this.log.read(from, Math.min(end, from + limit))
			.map((entries) -> entries.stream().map(LogLine::of).toList())
			.orElse(List.of());
	}

	/**
	 * Folds what is decided into a snapshot, on every node. One that takes longer than
	 * {@code kv.timeout} is not waited for; it may yet be done.
	 */
	@PostMapping("/snapshot")
	CompletableFuture<LogIndexes> snapshot() {
		return this.log.snapshot(false)
			.thenApply((done) -> this.log.indexes())
			.orTimeout(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** A snapshot that the replica was at when it stopped may be done, or yet be done. */
	@ExceptionHandler
	ResponseEntity<ProblemDetail> stopped(ReplicaStoppedException ex, HttpMethod method) {
		return ProblemAdvice.stopped("unknown", ex, method);
	}

	/**
	 * One element of the log.
	 *
	 * @param index where it stands; for a snapshot or trimmed entries, the first index
	 * that is still there
	 * @param kind {@code decided}, {@code undecided}, {@code trimmed},
	 * {@code snapshotted} or {@code stopsign}
	 * @param entry entry, if it is one
	 */
	record LogLine(long index, String kind, @Nullable KeyValue entry) {

		static LogLine of(LogEntry<KeyValue> element) {
			String kind = element.getClass().getSimpleName().toLowerCase(Locale.ROOT);
			if (element instanceof LogEntry.Decided<KeyValue> decided) {
				return new LogLine(decided.index(), kind, decided.value());
			}
			if (element instanceof LogEntry.Undecided<KeyValue> undecided) {
				return new LogLine(undecided.index(), kind, undecided.value());
			}
			return new LogLine(indexOf(element), kind, null);
		}

		private static long indexOf(LogEntry<KeyValue> element) {
			if (element instanceof LogEntry.Snapshotted<KeyValue> snapshotted) {
				return snapshotted.index();
			}
			if (element instanceof LogEntry.Trimmed<KeyValue> trimmed) {
				return trimmed.index();
			}
			return ((LogEntry.StopSign<KeyValue>) element).index();
		}

	}

}
