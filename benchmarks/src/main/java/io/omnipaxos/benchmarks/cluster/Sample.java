package io.omnipaxos.benchmarks.cluster;

import java.util.Arrays;

import org.HdrHistogram.Histogram;

/**
 * What the load saw.
 *
 * @param entries entries decided
 * @param seconds time that took
 * @param p50 median latency, in microseconds
 * @param p99 latency that one append in a hundred exceeded, in microseconds
 * @param p999 latency that one append in a thousand exceeded, in microseconds
 * @param failures appends that failed, and were made again
 */
record Sample(long entries, double seconds, double p50, double p99, double p999, long failures) {

	static Sample of(Histogram nanos, double seconds, long failures) {
		return new Sample(nanos.getTotalCount(), seconds, nanos.getValueAtPercentile(50) / 1e3,
				nanos.getValueAtPercentile(99) / 1e3, nanos.getValueAtPercentile(99.9) / 1e3, failures);
	}

	double perSecond() {
		return this.entries / this.seconds;
	}

	String format() {
		return "%d %s %s %s %s %d".formatted(this.entries, this.seconds, this.p50, this.p99, this.p999, this.failures);
	}

	static Sample parse(String text) {
		double[] values = Arrays.stream(text.strip().split(" ")).mapToDouble(Double::parseDouble).toArray();
		return new Sample((long) values[0], values[1], values[2], values[3], values[4], (long) values[5]);
	}

}
