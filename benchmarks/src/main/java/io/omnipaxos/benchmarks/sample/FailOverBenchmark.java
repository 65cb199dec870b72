package io.omnipaxos.benchmarks.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * For how long nothing is decided when the leader of the sample is killed, and when it is
 * stopped. Both other nodes are written to all the time; what counts is the longest time
 * in which none of them answered a write.
 */
public final class FailOverBenchmark {

	private static final long BEFORE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	/**
	 * Only when writes that were begun this long after are answered, all is well again.
	 */
	private static final long AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

	private FailOverBenchmark() {
	}

	/** Runs it: how often to kill, and how often to stop, 30 times each if not told. */
	public static void main(String[] args) throws IOException, InterruptedException {
		int kills = (args.length > 0) ? Integer.parseInt(args[0]) : 30;
		int stops = (args.length > 1) ? Integer.parseInt(args[1]) : 30;
		Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("benchmarks/target/clusters")),
				"fail-over-");
		System.out.println("| leader | times | median ms | maximum ms | all, in ms |");
		System.out.println("|---|--:|--:|--:|---|");
		try (SampleCluster cluster = new SampleCluster(RestBenchmark.JAR, directory.toAbsolutePath())) {
			report("killed with `kill -9`", cluster, kills, SampleNode::kill);
			report("stopped", cluster, stops, SampleNode::stop);
		}
	}

	private static void report(String what, SampleCluster cluster, int times, Consumer<SampleNode> end)
			throws InterruptedException {
		if (times == 0) {
			return;
		}
		long[] gaps = new long[times];
		for (int i = 0; i < times; i++) {
			gaps[i] = TimeUnit.NANOSECONDS.toMillis(gap(cluster, end));
			System.err.printf("%s: %d ms%n", what, gaps[i]);
		}
		Arrays.sort(gaps);
		System.out.printf("| %s | %d | %d | %d | %s |%n", what, times, gaps[times / 2], gaps[times - 1],
				Arrays.toString(gaps));
	}

	/** Ends the leader, and returns the longest time without an answer. */
	private static long gap(SampleCluster cluster, Consumer<SampleNode> end) throws InterruptedException {
		SampleNode leader = cluster.lastingLeader();
		Queue<Long> answered = new ConcurrentLinkedQueue<>();
		List<Writer> writers = new ArrayList<>();
		try {
			cluster.nodes()
				.stream()
				.filter((node) -> node != leader)
				.forEach((node) -> writers.add(new Writer(node.url(), answered)));
			awaitWrites(writers, System.nanoTime() + BEFORE_NANOS);
			long ended = System.nanoTime();
			end.accept(leader);
			awaitWrites(writers, ended + AFTER_NANOS);
			return longest(answered.stream().mapToLong(Long::longValue).sorted().toArray(), ended);
		}
		finally {
			writers.forEach(Writer::close);
			leader.restart();
			cluster.awaitHealthy();
		}
	}

	private static void awaitWrites(List<Writer> writers, long begun) throws InterruptedException {
		long until = System.nanoTime() + PATIENCE_NANOS;
		while (!writers.stream().allMatch((writer) -> writer.lastBegan() - begun > 0)) {
			if (System.nanoTime() - until > 0) {
				throw new IllegalStateException("Nothing is decided any more");
			}
			TimeUnit.MILLISECONDS.sleep(5);
		}
	}

	static long longest(long[] answered, long since) {
		return IntStream.range(1, answered.length)
			.filter((i) -> answered[i] - since > 0)
			.mapToLong((i) -> answered[i] - answered[i - 1])
			.max()
			.orElseThrow();
	}

}
