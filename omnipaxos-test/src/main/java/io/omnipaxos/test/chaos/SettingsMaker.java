package io.omnipaxos.test.chaos;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

import io.omnipaxos.core.Limits;
import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.FlexibleQuorum;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.SimulationSettings;

/** Draws what a cluster is made of. */
final class SettingsMaker {

	/** Bytes of the longest entry where limits are tiny. */
	static final int LONGEST_ENTRY = 256;

	private static final long[][] SPARSE = { { 6, 7, 8, 9, 10, 11, 12, 13, 14 },
			{ 5, 100, 7000, 7, 2, 90000, 31, 8, 4 } };

	private final SplittableRandom random;

	private final Set<Hazard> hazards;

	SettingsMaker(SplittableRandom random, Set<Hazard> hazards) {
		this.random = random;
		this.hazards = hazards;
	}

	SimulationSettings settings(int wanted, long seed) {
		int nodes = (wanted > 0) ? wanted : drawSize();
		ClusterConfig cluster = new ClusterConfig(1, pids(nodes), quorums(nodes));
		return SimulationSettings.of(cluster, seed).withServer(this::server).withReadsAtOnce(seed % 4 == 0);
	}

	/** Returns some configuration that could follow. */
	ClusterConfig next() {
		return new ClusterConfig(2, pids(drawSize()), null);
	}

	/** Three and five are what people run; the others find other things. */
	private int drawSize() {
		int[] sizes = { 3, 3, 3, 5, 5, 1, 2, 4, 6, 7, 9 };
		return sizes[this.random.nextInt(sizes.length)];
	}

	private List<NodeId> pids(int nodes) {
		LongStream pids = this.hazards.contains(Hazard.SPARSE_PIDS)
				? LongStream.of(SPARSE[this.random.nextInt(SPARSE.length)]).limit(nodes)
				: LongStream.rangeClosed(1, nodes);
		return pids.mapToObj(NodeId::new).toList();
	}

	private FlexibleQuorum quorums(int nodes) {
		int least = Math.min(2, nodes);
		int write = least;
		int read = nodes / 2 + 1;
		if (this.hazards.contains(Hazard.FLEXIBLE_QUORUMS)) {
			write = least + this.random.nextInt(nodes / 2 + 1 - least + 1);
			read = Math.max(read, nodes - write + 1);
			read += this.random.nextInt(nodes - read + 1);
		}
		else {
			write = read;
		}
		return new FlexibleQuorum(read, write);
	}

	private ServerConfig server(ServerConfig base) {
		ServerConfig server = base;
		if (this.hazards.contains(Hazard.ODD_TIMEOUTS)) {
			server = server.withElectionTickTimeout(1 + this.random.nextInt(4))
				.withResendMessageTickTimeout(1 + this.random.nextInt(8))
				.withFlushBatchTickTimeout(1 + this.random.nextInt(8));
		}
		if (this.hazards.contains(Hazard.BATCHES)) {
			server = server.withBatchSize(2 + this.random.nextInt(20));
		}
		return this.hazards.contains(Hazard.TINY_LIMITS) ? server.withLimits(tinyLimits()) : server;
	}

	private Limits tinyLimits() {
		return new Limits(LONGEST_ENTRY, 200 + this.random.nextInt(2000), 100 + this.random.nextInt(1000),
				1 + this.random.nextInt(500), 1 + this.random.nextInt(1000), this.random.nextInt(500));
	}

}
