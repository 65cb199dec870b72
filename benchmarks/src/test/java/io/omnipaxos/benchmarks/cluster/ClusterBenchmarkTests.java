package io.omnipaxos.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.omnipaxos.benchmarks.system.SystemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether clusters of processes are measured at all; never how fast they are. */
class ClusterBenchmarkTests {

	@TempDir
	private Path directory;

	@Test
	void measuresOursAndAnotherAndLeavesNoProcessBehind() throws IOException, InterruptedException {
		BenchmarkOptions options = BenchmarkOptions.parse(new String[] { "--systems=omnipaxos-rocksdb,jgroups-raft",
				"--outstanding=16", "--compilation=0", "--warmup=0", "--seconds=1", "--rounds=1",
				"--directory=" + this.directory, "--jvm=-Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1" });

		List<Measurement> measurements = new ClusterBenchmark(options).run();

		assertThat(measurements).extracting(Measurement::kind)
			.containsExactly(SystemKind.OMNIPAXOS_ROCKSDB, SystemKind.JGROUPS_RAFT);
		assertThat(measurements).allSatisfy((measurement) -> {
			assertThat(measurement.sample().entries()).isPositive();
			assertThat(measurement.sample().failures()).isZero();
			assertThat(measurement.cpuSeconds()).isPositive();
		});
		assertThat(new ResultTable(measurements).markdown().lines().count()).isEqualTo(4);
		assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
		assertThat(this.directory).isEmptyDirectory();
	}

}
