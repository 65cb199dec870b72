package io.omnipaxos.benchmarks.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import io.omnipaxos.benchmarks.system.SystemKind;
import joptsimple.OptionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.FileSystemUtils;

/**
 * Appends to clusters of three processes, system after system, round after round, and
 * prints a table. The load is made inside the leader's process.
 */
public final class ClusterBenchmark {

	private static final Logger LOGGER = LoggerFactory.getLogger(ClusterBenchmark.class);

	private final BenchmarkOptions options;

	private final DiskFlushes flushes;

	ClusterBenchmark(BenchmarkOptions options) throws IOException {
		this.options = options;
		Files.createDirectories(options.directory());
		this.flushes = new DiskFlushes(options.directory());
	}

	/** Runs what the options say. */
	public static void main(String[] args) throws IOException, InterruptedException {
		try {
			BenchmarkOptions options = BenchmarkOptions.parse(args);
			if (options.isHelpWanted()) {
				System.out.println(BenchmarkOptions.help());
				return;
			}
			List<Measurement> measurements = new ClusterBenchmark(options).run();
			System.out.println(new ResultTable(measurements).markdown());
		}
		catch (OptionException | IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.err.println(BenchmarkOptions.help());
			System.exit(2);
		}
	}

	/** Measures every system, in every round. */
	List<Measurement> run() throws IOException, InterruptedException {
		List<Measurement> measurements = new ArrayList<>();
		for (int round = 1; round <= this.options.rounds(); round++) {
			for (SystemKind kind : this.options.systems()) {
				if (kind.isAvailable()) {
					measure(kind, round, measurements);
				}
				else {
					System.err.printf("%s is not installed here%n", kind.title());
				}
			}
		}
		return measurements;
	}

	/** One system that fails does not take the figures of the others away. */
	private void measure(SystemKind kind, int round, List<Measurement> measurements)
			throws IOException, InterruptedException {
		Path directory = Files.createTempDirectory(this.options.directory(), kind.option() + "-");
		List<String> jvmOptions = this.options.jvmOptions(directory);
		try (ClusterProcesses cluster = new ClusterProcesses(kind, this.options.nodes(), directory, jvmOptions)) {
			letBeCompiled(cluster.leader());
			for (int outstanding : this.options.outstanding()) {
				NodeProcess leader = cluster.leader();
				Measurement measurement = measure(kind, outstanding, cluster, leader);
				// Else the load was not that of the leader's process, all of the time.
				boolean counts = leader.leads();
				if (counts) {
					measurements.add(measurement);
				}
				System.err.printf("round %d%s: %s%n", round, counts ? "" : ", not counted, as another leads by now",
						ResultTable.line(measurement));
			}
		}
		catch (IllegalStateException | UncheckedIOException ex) {
			LOGGER.error("{} failed; its files stay in {}", kind.title(), directory, ex);
			return;
		}
		if (!this.options.keep()) {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	private void letBeCompiled(NodeProcess leader) {
		int seconds = this.options.compilationSeconds();
		if (seconds == 0) {
			return;
		}
		order(leader, workload(Collections.max(this.options.outstanding())), 0, seconds);
		leader.await(Protocol.MEASURING);
		leader.await(Protocol.MEASURED, seconds);
		leader.await(Protocol.RESULT);
	}

	private Workload workload(int outstanding) {
		return new Workload(this.options.nodes(), outstanding, this.options.entryBytes());
	}

	private static void order(NodeProcess leader, Workload workload, int warmupSeconds, int seconds) {
		leader.order("%s %d %d %d %d".formatted(Protocol.RUN, workload.outstanding(), workload.entryBytes(),
				warmupSeconds, seconds));
	}

	private Measurement measure(SystemKind kind, int outstanding, ClusterProcesses cluster, NodeProcess leader)
			throws IOException {
		Workload workload = workload(outstanding);
		order(leader, workload, this.options.warmupSeconds(), this.options.seconds());
		leader.await(Protocol.MEASURING, this.options.warmupSeconds());
		Duration cpuBefore = cluster.cpu();
		OptionalLong flushesBefore = this.flushes.count();
		leader.await(Protocol.MEASURED, this.options.seconds());
		double cpu = cluster.cpu().minus(cpuBefore).toNanos() / 1e9;
		OptionalLong flushesAfter = this.flushes.count();
		OptionalDouble flushed = (flushesBefore.isPresent() && flushesAfter.isPresent())
				? OptionalDouble.of(flushesAfter.getAsLong() - flushesBefore.getAsLong()) : OptionalDouble.empty();
		return new Measurement(kind, workload, Sample.parse(leader.await(Protocol.RESULT)), cpu, flushed);
	}

}
