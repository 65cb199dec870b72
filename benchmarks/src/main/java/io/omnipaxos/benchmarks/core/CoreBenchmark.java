package io.omnipaxos.benchmarks.core;

import java.util.concurrent.TimeUnit;

import io.omnipaxos.core.model.Payload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Entries of 128 bytes, decided by three cores in one thread, in rounds: all entries of a
 * round are appended, then all three decide them. An operation is one entry, so that the
 * score is decided entries a second and {@code gc.alloc.rate.norm} is bytes allocated for
 * each, by all three.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgs = { "-Xms1g", "-Xmx1g" })
public class CoreBenchmark {

	private final Payload payload = Payload.of(new byte[128]);

	private CoreCluster cluster = new CoreCluster();

	/** Starts every measurement with an empty log. */
	@Setup
	public void start() {
		this.cluster = new CoreCluster();
	}

	@Benchmark
	@OperationsPerInvocation(1)
	public void rounds0001() {
		this.cluster.append(this.payload, 1);
	}

	@Benchmark
	@OperationsPerInvocation(16)
	public void rounds0016() {
		this.cluster.append(this.payload, 16);
	}

	@Benchmark
	@OperationsPerInvocation(256)
	public void rounds0256() {
		this.cluster.append(this.payload, 256);
	}

	@Benchmark
	@OperationsPerInvocation(4096)
	public void rounds4096() {
		this.cluster.append(this.payload, 4096);
	}

	/** Runs all of them, with the options of JMH. */
	public static void main(String[] args) throws RunnerException, CommandLineOptionException {
		new Runner(new OptionsBuilder().parent(new CommandLineOptions(args))
			.include(CoreBenchmark.class.getName())
			.addProfiler(GCProfiler.class)
			.build()).run();
	}

}
