package io.omnipaxos.benchmarks.cluster;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.omnipaxos.benchmarks.system.SystemKind;

/** Measurements as Markdown: of each system and workload the best round. */
final class ResultTable {

	private static final String HEAD = """
			| system | durable | K | entries/s | p50 us | p99 us | p99.9 us | CPU s per million | flushes/s | failed |
			|---|---|--:|--:|--:|--:|--:|--:|--:|--:|
			""";

	private final List<Measurement> measurements;

	ResultTable(List<Measurement> measurements) {
		this.measurements = List.copyOf(measurements);
	}

	String markdown() {
		return this.measurements.stream()
			.map((measurement) -> best(measurement.kind(), measurement.workload()))
			.distinct()
			.sorted(Comparator.comparing((Measurement best) -> !best.kind().isDurable())
				.thenComparing((best) -> best.workload().outstanding())
				.thenComparing((best) -> -best.sample().perSecond()))
			.map(ResultTable::line)
			.collect(Collectors.joining("\n", HEAD, "\n"));
	}

	private Measurement best(SystemKind kind, Workload workload) {
		return this.measurements.stream()
			.filter((other) -> other.kind() == kind && other.workload().equals(workload))
			.max(Comparator.comparingDouble((other) -> other.sample().perSecond()))
			.orElseThrow();
	}

	static String line(Measurement measurement) {
		Sample sample = measurement.sample();
		String flushes = measurement.flushesPerSecond().isPresent()
				? "%,.0f".formatted(measurement.flushesPerSecond().getAsDouble()) : "?";
		return String.format(Locale.ROOT, "| %s | %s | %d | %,.0f | %,.0f | %,.0f | %,.0f | %,.1f | %s | %d |",
				measurement.kind().title(), measurement.kind().isDurable() ? "yes" : "no",
				measurement.workload().outstanding(), sample.perSecond(), sample.p50(), sample.p99(), sample.p999(),
				measurement.cpuPerEntry(), flushes, sample.failures());
	}

}
