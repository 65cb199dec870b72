package io.omnipaxos.node;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorageFactory;

/**
 * Appends as fast as it can, to be looked at with a profiler: arguments are the number of
 * nodes, of outstanding appends, and of seconds. All nodes share this process, so that
 * the figures are for comparing changes with each other.
 */
final class AppendThroughput {

	private static final EntryType<byte[]> TYPE = EntryType.ofBytes("bytes");

	private static final int ENTRY_BYTES = 128;

	private final ReplicatedLog<byte[]> log;

	private final Semaphore outstanding;

	private final LongAdder decided = new LongAdder();

	private AppendThroughput(ReplicatedLog<byte[]> log, int outstanding) {
		this.log = log;
		this.outstanding = new Semaphore(outstanding);
	}

	public static void main(String[] args) throws InterruptedException {
		int size = (args.length > 0) ? Integer.parseInt(args[0]) : 3;
		int outstanding = (args.length > 1) ? Integer.parseInt(args[1]) : 1024;
		int seconds = (args.length > 2) ? Integer.parseInt(args[2]) : 10;
		ClusterConfig cluster = ClusterConfig.of(1, LongStream.rangeClosed(1, size).toArray());
		LocalNetwork network = new LocalNetwork();
		List<OmniPaxosNode> nodes = cluster.nodes().stream().map((pid) -> node(cluster, pid, network)).toList();
		nodes.forEach(OmniPaxosNode::start);
		nodes.get(0).log(TYPE).append(new byte[ENTRY_BYTES]).join();
		NodeId leader = nodes.get(0).log(TYPE).leader().orElseThrow();
		OmniPaxosNode leading = nodes.stream()
			.filter((node) -> node.config().server().pid().equals(leader))
			.findFirst()
			.orElseThrow();
		new AppendThroughput(leading.log(TYPE), outstanding).run(seconds);
		System.out.println(leading.metrics(TYPE.name()));
		nodes.forEach(OmniPaxosNode::close);
	}

	private static OmniPaxosNode node(ClusterConfig cluster, NodeId pid, LocalNetwork network) {
		ServerConfig server = ServerConfig.of(pid).withElectionTickTimeout(50);
		return OmniPaxosNode.builder(new OmniPaxosConfig(cluster, server))
			.storage(new MemoryStorageFactory("data-" + pid, 0))
			.transport(network.transport())
			.log(TYPE)
			.build();
	}

	private void run(int seconds) throws InterruptedException {
		for (int second = 0; second < seconds; second++) {
			long[] latencies = new long[1 << 20];
			int appends = 0;
			long start = System.nanoTime();
			long before = this.decided.sum();
			while (System.nanoTime() - start < 1_000_000_000L) {
				append(latencies, appends & (latencies.length - 1));
				appends++;
			}
			long[] sorted = Arrays.copyOf(latencies, Math.min(appends, latencies.length));
			Arrays.sort(sorted);
			System.out.printf("%d decided/s, p50 %d us, p99 %d us%n", this.decided.sum() - before,
					sorted[sorted.length / 2] / 1000, sorted[sorted.length * 99 / 100] / 1000);
			this.log.trim();
		}
	}

	private void append(long[] latencies, int slot) throws InterruptedException {
		this.outstanding.acquire();
		long start = System.nanoTime();
		CompletableFuture<Appended> append = this.log.append(new byte[ENTRY_BYTES]);
		append.whenComplete((where, failure) -> {
			latencies[slot] = System.nanoTime() - start;
			this.decided.increment();
			this.outstanding.release();
		});
	}

}
