package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was done to clusters and what came of it, as a document. Written as it happens, so
 * that it is there when something fails.
 */
final class FaultReport {

	private static final String HEAD = """
			| nodes | fault | s | operations | longest time without an answered write | healthy again after | outcomes |
			|--:|---|--:|--:|--:|--:|---|
			""";

	private final Path file;

	private final Map<String, Long> totals = new TreeMap<>();

	private Duration healthyAfter = Duration.ZERO;

	FaultReport(Path file, String title) {
		this.file = file;
		write("# %s%n%n%s".formatted(title, HEAD), StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
	}

	void healthyAfter(Duration time) {
		this.healthyAfter = time;
	}

	void add(int nodes, Fault fault, KvWorkload workload, Duration length) {
		Map<String, Long> outcomes = workload.outcomes();
		outcomes.forEach((outcome, count) -> this.totals.merge(outcome, count, Long::sum));
		append("| %d | %s | %d | %d | %s | %s | %s |%n".formatted(nodes, fault.name(), length.toSeconds(),
				sum(outcomes), seconds(workload.history().longestGap()), seconds(this.healthyAfter),
				describe(outcomes)));
	}

	/** Adds what a node held before the first fault and after the last. */
	void footprint(int pid, Footprint before, Footprint after) {
		append("| | | | | | | node %d: %s; at the end %s |%n".formatted(pid, before, after));
	}

	void close(long seed) {
		append("%n%d operations: %s. Seed %d.%n".formatted(sum(this.totals), describe(this.totals), seed));
		System.out.println(read());
	}

	private static long sum(Map<String, Long> outcomes) {
		return outcomes.values().stream().mapToLong(Long::longValue).sum();
	}

	private static String describe(Map<String, Long> outcomes) {
		return outcomes.entrySet()
			.stream()
			.map((outcome) -> outcome.getValue() + " " + outcome.getKey())
			.collect(Collectors.joining(", "));
	}

	private static String seconds(Duration time) {
		return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
	}

	private void append(String text) {
		write(text, StandardOpenOption.APPEND);
	}

	private void write(String text, StandardOpenOption... options) {
		try {
			Files.writeString(this.file, text, options);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String read() {
		try {
			return Files.readString(this.file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
