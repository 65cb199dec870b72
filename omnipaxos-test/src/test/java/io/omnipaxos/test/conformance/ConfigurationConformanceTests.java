package io.omnipaxos.test.conformance;

import java.util.List;

import io.omnipaxos.core.CompactionException;
import io.omnipaxos.core.CompactionException.Reason;
import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.FlexibleQuorum;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorage;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulationSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Scenarios 10 to 12; the file of scenario 9 is read by the node module. */
class ConfigurationConformanceTests {

	private static final NodeId N1 = new NodeId(1);

	@Test
	void refusesToTrimWhereItDoesNotLead() {
		ReplicaUnderTest replica = new ReplicaUnderTest(ClusterConfig.of(1, 1, 2, 3), N1, new MemoryStorage());

		assertThatExceptionOfType(CompactionException.class).isThrownBy(() -> replica.core().trim(100L))
			.extracting(CompactionException::reason)
			.isEqualTo(Reason.NOT_LEADER);
	}

	/** The Rust library crashes. */
	@Test
	void refusesToSnapshotALogWithoutSnapshotter() {
		SimulatedCluster cluster = SimulatedCluster.of(SimulationSettings.ofNodes(1, Scenario.SEED).withoutSnapshots());
		cluster.runUntil(Condition.oneLeader(), Scenario.WAIT);
		Scenario.decide(cluster, N1, 1, 1);

		assertThatExceptionOfType(CompactionException.class)
			.isThrownBy(() -> cluster.node(N1).core().snapshot(1L, true))
			.extracting(CompactionException::reason)
			.isEqualTo(Reason.NO_SNAPSHOTTER);
	}

	@Test
	void hasTheDefaultsOfTheRustLibrary() {
		ServerConfig server = ServerConfig.of(N1);

		assertThat(server.electionTickTimeout()).isEqualTo(1);
		assertThat(server.resendMessageTickTimeout()).isEqualTo(100);
		assertThat(server.flushBatchTickTimeout()).isEqualTo(200);
		assertThat(server.bufferSize()).isEqualTo(100_000);
		assertThat(server.batchSize()).isEqualTo(1);
		assertThat(server.leaderPriority()).isZero();
	}

	/** Here a single node is a cluster, too. */
	@Test
	void decidesInAClusterOfOne() {
		SimulatedCluster cluster = SimulatedCluster.ofNodes(1, Scenario.SEED);

		Scenario.decide(cluster, N1, 1, 10);

		assertThat(cluster.node(N1).decided()).isEqualTo(Scenario.numbers(1, 10));
	}

	@Test
	void refusesClustersWithoutNodesIdsOrPids() {
		assertThatIllegalArgumentException().isThrownBy(() -> ClusterConfig.of(1));
		assertThatIllegalArgumentException().isThrownBy(() -> ClusterConfig.of(0, 1, 2, 3));
		assertThatIllegalArgumentException().isThrownBy(() -> ClusterConfig.of(1, 0, 1, 2));
		assertThatIllegalArgumentException().isThrownBy(() -> ClusterConfig.of(1, 1, 2, 2));
		assertThatIllegalArgumentException().isThrownBy(() -> ServerConfig.of(new NodeId(0)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ReplicaUnderTest(ClusterConfig.of(1, 1, 2, 3), new NodeId(4), new MemoryStorage()));
	}

	@Test
	void refusesTimeoutsAndSizesOfZero() {
		ServerConfig server = ServerConfig.of(N1);

		assertThatIllegalArgumentException().isThrownBy(() -> server.withBufferSize(0));
		assertThatIllegalArgumentException().isThrownBy(() -> server.withBatchSize(0));
		assertThatIllegalArgumentException().isThrownBy(() -> server.withElectionTickTimeout(0));
		assertThatIllegalArgumentException().isThrownBy(() -> server.withResendMessageTickTimeout(0));
		assertThatIllegalArgumentException().isThrownBy(() -> server.withFlushBatchTickTimeout(0));
	}

	@ParameterizedTest(name = "of 5 nodes, {0} to promise and {1} to accept")
	@CsvSource({ "3, 2", "2, 3", "6, 3", "3, 6", "1, 5", "5, 1", "2, 4", "3, 4" })
	void refusesQuorumsThatDoNotFit(int read, int write) {
		List<NodeId> nodes = ClusterConfig.of(1, 1, 2, 3, 4, 5).nodes();

		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ClusterConfig(1, nodes, new FlexibleQuorum(read, write)));
	}

	@ParameterizedTest(name = "of 5 nodes, {0} to promise and {1} to accept")
	@CsvSource({ "3, 3", "4, 2", "5, 2", "4, 4", "5, 5" })
	void takesQuorumsThatFit(int read, int write) {
		List<NodeId> nodes = ClusterConfig.of(1, 1, 2, 3, 4, 5).nodes();
		ClusterConfig cluster = new ClusterConfig(1, nodes, new FlexibleQuorum(read, write));

		assertThat(cluster.prepareQuorum()).isEqualTo(read);
		assertThat(cluster.writeQuorum()).isEqualTo(write);
	}

	/** Scenario 12: pids need neither start at one nor be without gaps. */
	@ParameterizedTest
	@CsvSource({ "6, 7, 8", "7, 1, 100", "5, 100, 7000" })
	void preparesExactlyItsPeers(long self, long second, long third) {
		ReplicaUnderTest replica = new ReplicaUnderTest(ClusterConfig.of(1, self, second, third), new NodeId(self),
				new MemoryStorage());

		replica.give((core) -> core.tryBecomeLeader());

		assertThat(replica.sent(new NodeId(second), Prepare.class)).hasSize(1);
		assertThat(replica.sent(new NodeId(third), Prepare.class)).hasSize(1);
		assertThat(replica.sent(new NodeId(self), Prepare.class)).isEmpty();
	}

}
