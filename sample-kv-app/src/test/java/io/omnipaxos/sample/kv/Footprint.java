package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a node holds while nobody asks anything of it, garbage collected.
 *
 * @param threads number of threads by their name, its numbers left out
 * @param files number of open files, connections included
 * @param heapMegabytes memory in use
 */
record Footprint(Map<String, Long> threads, long files, long heapMegabytes) {

	private static final Pattern THREAD = Pattern.compile("^\"([^\"]+)\"", Pattern.MULTILINE);

	/** Of a kind of thread, or of files, that come and go. */
	private static final int A_FEW = 3;

	/** Caches of the database and of the log that fill with time. */
	private static final int CACHES_MEGABYTES = 16;

	static Footprint of(SampleNode node) throws IOException {
		return of(node, node.client());
	}

	/** Whoever looks several times leaves no connections behind with one client. */
	static Footprint of(SampleNode node, KvClient client) throws IOException {
		ask(node, "GC.run");
		Map<String, Long> threads = THREAD.matcher(ask(node, "Thread.print"))
			.results()
			.collect(Collectors.groupingBy((thread) -> thread.group(1).replaceAll("\\d+", ""), TreeMap::new,
					Collectors.counting()));
		return new Footprint(threads, (long) client.metric("process.files.open"),
				(long) client.metric("jvm.memory.used?tag=area:heap") >> 20);
	}

	/** Returns the larger of each of the numbers. */
	Footprint or(Footprint other) {
		Map<String, Long> most = new TreeMap<>(this.threads);
		other.threads.forEach((name, count) -> most.merge(name, count, Math::max));
		return new Footprint(most, Math.max(this.files, other.files),
				Math.max(this.heapMegabytes, other.heapMegabytes));
	}

	/** Returns what has been left behind since an earlier footprint. */
	List<String> excessOver(Footprint earlier) {
		List<String> excess = new ArrayList<>();
		this.threads.forEach((name, count) -> {
			if (count > earlier.threads.getOrDefault(name, 0L) + A_FEW) {
				excess.add("%d threads %s".formatted(count, name));
			}
		});
		if (this.files > earlier.files + A_FEW) {
			excess.add("%d open files, %d before".formatted(this.files, earlier.files));
		}
		if (this.heapMegabytes > earlier.heapMegabytes + CACHES_MEGABYTES) {
			excess.add("%d MB of heap, %d before".formatted(this.heapMegabytes, earlier.heapMegabytes));
		}
		return excess;
	}

	private static String ask(SampleNode node, String command) throws IOException {
		Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
				Long.toString(node.processId()), command)
			.redirectErrorStream(true)
			.start();
		return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		long count = this.threads.values().stream().mapToLong(Long::longValue).sum();
		return "%d threads, %d files, %d MB".formatted(count, this.files, this.heapMegabytes);
	}

}
