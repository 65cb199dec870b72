package io.omnipaxos.benchmarks.cluster;

import java.util.OptionalDouble;

import io.omnipaxos.benchmarks.system.SystemKind;

/**
 * One run of one system.
 *
 * @param kind system
 * @param workload what it was asked to do
 * @param sample what the load saw
 * @param cpuSeconds time that all processes computed
 * @param flushes how often the disk was flushed
 */
record Measurement(SystemKind kind, Workload workload, Sample sample, double cpuSeconds, OptionalDouble flushes) {

	/** Microseconds that all processes together computed for an entry. */
	double cpuPerEntry() {
		return this.cpuSeconds * 1e6 / this.sample.entries();
	}

	OptionalDouble flushesPerSecond() {
		return this.flushes.isPresent() ? OptionalDouble.of(this.flushes.getAsDouble() / this.sample.seconds())
				: OptionalDouble.empty();
	}

}
