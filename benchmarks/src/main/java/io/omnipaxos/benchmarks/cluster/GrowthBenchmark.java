package io.omnipaxos.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.benchmarks.system.SystemKind;

import org.springframework.util.FileSystemUtils;

/**
 * Whether ours gets slower or larger as its log grows, and how fast a follower catches up
 * that was away, while the leader serves half of what it can. In RocksDB, nothing
 * trimmed.
 */
public final class GrowthBenchmark {

	private static final int ENTRY_BYTES = 128;

	private static final int OUTSTANDING = 1024;

	private static final int WINDOW_SECONDS = 5;

	private static final List<String> JVM = List.of("-Xms1g", "-Xmx1g");

	/** The follower counts as having caught up when it lacks no more than this. */
	private static final long CLOSE = 20_000;

	/** Between two looks at nodes that have better things to do than to be looked at. */
	private static final long GLANCE_MILLIS = 250;

	private final ClusterProcesses cluster;

	private final NodeProcess leader;

	private double perSecond;

	private GrowthBenchmark(ClusterProcesses cluster) throws InterruptedException {
		this.cluster = cluster;
		this.leader = cluster.leader();
	}

	/** Runs it: entries to grow to, and entries to be behind, in millions; 10 and 1. */
	public static void main(String[] args) throws IOException, InterruptedException {
		double grow = (args.length > 0) ? Double.parseDouble(args[0]) : 10;
		double behind = (args.length > 1) ? Double.parseDouble(args[1]) : 1;
		Path directory = Files.createTempDirectory(
				Files.createDirectories(Path.of("benchmarks/target/clusters").toAbsolutePath()), "growth-");
		try (ClusterProcesses cluster = new ClusterProcesses(SystemKind.OMNIPAXOS_ROCKSDB, 3, directory, JVM)) {
			GrowthBenchmark benchmark = new GrowthBenchmark(cluster);
			benchmark.grow((long) (grow * 1e6));
			benchmark.catchUp((long) (behind * 1e6), Absence.PAUSED, false);
			benchmark.catchUp((long) (behind * 1e6), Absence.RESTARTED, false);
			benchmark.catchUp((long) (behind * 1e6), Absence.RESTARTED, true);
		}
		FileSystemUtils.deleteRecursively(directory);
	}

	private void grow(long entries) {
		System.out.println("| entries in the log | decided/s | p99 us | leader's heap, MiB | followers' heaps, MiB |");
		System.out.println("|--:|--:|--:|--:|--:|");
		load();
		long decided = 0;
		while (decided < entries) {
			Sample sample = load();
			this.perSecond = sample.perSecond();
			NodeStatus status = this.leader.status(true);
			decided = status.decided();
			List<String> others = this.cluster.nodes()
				.stream()
				.filter((node) -> node != this.leader)
				.map((node) -> "%.1f".formatted(node.status(true).heapMegabytes()))
				.toList();
			System.out.printf(Locale.ROOT, "| %,d | %,.0f | %,.0f | %.1f | %s |%n", decided, sample.perSecond(),
					sample.p99(), status.heapMegabytes(), String.join(", ", others));
		}
	}

	private Sample load() {
		this.leader.order("%s %d %d 0 %d".formatted(Protocol.RUN, OUTSTANDING, ENTRY_BYTES, WINDOW_SECONDS));
		this.leader.await(Protocol.MEASURING);
		this.leader.await(Protocol.MEASURED, WINDOW_SECONDS);
		return Sample.parse(this.leader.await(Protocol.RESULT));
	}

	/**
	 * Takes a follower away, brings it back, and watches the leader: either how long its
	 * appends take, or its memory, which takes collections that appends have to wait for.
	 */
	private void catchUp(long behind, Absence absence, boolean watchMemory) throws IOException, InterruptedException {
		NodeProcess follower = this.cluster.nodes()
			.stream()
			.filter((node) -> node != this.leader)
			.findFirst()
			.orElseThrow();
		absence.begin(follower);
		growBy(behind);
		pace((int) (this.perSecond / 2));
		Sample alone = sampleAtThatPace();
		double heapBefore = this.leader.status(watchMemory).heapMegabytes();
		absence.end(follower);
		this.leader.latencies();
		long began = System.nanoTime();
		long start = follower.status(false).decided();
		long reached = start;
		double heapDuring = 0;
		while (this.leader.status(false).decided() - reached > CLOSE) {
			TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
			heapDuring = Math.max(heapDuring, this.leader.status(watchMemory).heapMegabytes());
			reached = follower.status(false).decided();
		}
		double seconds = (System.nanoTime() - began) / 1e9;
		Sample during = this.leader.latencies();
		pace(0);
		System.out.printf(Locale.ROOT,
				"%nCaught up, %s: %,d entries in %.2f s, %,.0f/s, while the leader took %,.0f/s. ",
				absence.name().toLowerCase(Locale.ROOT), reached - start, seconds, (reached - start) / seconds,
				during.perSecond());
		System.out.println(watchMemory ? memory(heapBefore, heapDuring) : latency(alone, during));
	}

	private void growBy(long entries) {
		long from = this.leader.status(false).decided();
		while (this.leader.status(false).decided() - from < entries) {
			load();
		}
	}

	private Sample sampleAtThatPace() throws InterruptedException {
		TimeUnit.SECONDS.sleep(WINDOW_SECONDS);
		this.leader.latencies();
		TimeUnit.SECONDS.sleep(WINDOW_SECONDS);
		return this.leader.latencies();
	}

	private static String memory(double before, double during) {
		return String.format(Locale.ROOT,
				"Leader's heap after collections: %.1f MiB before, %.1f MiB at most meanwhile.", before, during);
	}

	private static String latency(Sample alone, Sample during) {
		return String.format(Locale.ROOT, "Leader's p99: %,.0f us before (p50 %,.0f), %,.0f us meanwhile (p50 %,.0f).",
				alone.p99(), alone.p50(), during.p99(), during.p50());
	}

	private void pace(int appendsPerSecond) {
		this.leader.order("%s %d %d".formatted(Protocol.PACE, appendsPerSecond, ENTRY_BYTES));
		this.leader.await(Protocol.PACE);
	}

}
