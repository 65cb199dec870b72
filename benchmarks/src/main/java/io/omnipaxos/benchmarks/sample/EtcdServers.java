package io.omnipaxos.benchmarks.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.omnipaxos.benchmarks.system.NodeSettings;
import io.omnipaxos.benchmarks.system.ReplicatedSystem;
import io.omnipaxos.benchmarks.system.SystemKind;

/** Three servers of etcd. */
final class EtcdServers implements AutoCloseable {

	private static final int SIZE = 3;

	private static final int CLIENT_PORT = 0;

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

	private final List<ReplicatedSystem> servers = new ArrayList<>();

	private final List<List<Integer>> ports;

	EtcdServers(Path directory) throws Exception {
		List<Integer> free = SampleCluster.freePorts(SIZE * NodeSettings.PORTS);
		this.ports = IntStream.range(0, SIZE)
			.mapToObj((node) -> free.subList(node * NodeSettings.PORTS, (node + 1) * NodeSettings.PORTS))
			.toList();
		for (int pid = 1; pid <= SIZE; pid++) {
			Path own = Files.createDirectories(directory.resolve("etcd-" + pid));
			this.servers.add(SystemKind.ETCD.launch(new NodeSettings(pid, this.ports, own)));
		}
		long until = System.nanoTime() + PATIENCE_NANOS;
		while (this.servers.stream().noneMatch(ReplicatedSystem::leads)) {
			if (System.nanoTime() - until > 0) {
				close();
				throw new IllegalStateException("etcd has elected no leader; see " + directory);
			}
			TimeUnit.MILLISECONDS.sleep(50);
		}
	}

	static boolean areInstalled() {
		return SystemKind.ETCD.isAvailable();
	}

	List<String> urls() {
		return this.ports.stream()
			.map((own) -> "http://%s:%d".formatted(SampleCluster.HOST, own.get(CLIENT_PORT)))
			.toList();
	}

	@Override
	public void close() throws IOException {
		for (ReplicatedSystem server : this.servers) {
			server.close();
		}
	}

}
