package io.omnipaxos.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.omnipaxos.core.LogEntry;
import io.omnipaxos.core.Notice;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.core.storage.StorageOp.SetDecided;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.awaitility.Awaitility.await;
import static org.assertj.core.api.Assertions.assertThat;
import static io.omnipaxos.node.TestCluster.resultOf;

/**
 * Nodes that talk over a network in memory agree on one log, whoever appends and whoever
 * fails.
 */
class ClusterTests {

	private static final NodeId N1 = new NodeId(1);

	@Test
	void everyNodeAppendsAndAllAgree() {
		try (TestCluster cluster = TestCluster.of(3).start()) {
			List<CompletableFuture<Appended>> appends = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				for (ReplicatedLog<String> log : cluster.logs()) {
					appends.add(log.append(log + " " + i));
				}
			}
			List<Long> indexes = appends.stream().map((append) -> resultOf(append).index()).sorted().toList();
			assertThat(indexes).hasSize(600).startsWith(0L).endsWith(599L).doesNotHaveDuplicates();
			assertAllDecided(cluster, 600);
		}
	}

	@Test
	void appendsOfOneNodeAreDecidedInTheirOrder() {
		try (TestCluster cluster = TestCluster.of(3).start()) {
			ReplicatedLog<String> log = cluster.log(cluster.follower());
			List<CompletableFuture<Appended>> appends = new ArrayList<>();
			for (int i = 0; i < 500; i++) {
				appends.add(log.append("entry " + i));
			}
			assertThat(appends.stream().map((append) -> resultOf(append).index()).toList()).isSorted();
			assertThat(log.read(499)).contains(new LogEntry.Decided<>(499, "entry 499"));
		}
	}

	@Test
	void anotherNodeLeadsWhenTheLeaderIsGone() {
		try (TestCluster cluster = TestCluster.of(3).start()) {
			NodeId leader = cluster.leader();
			resultOf(cluster.log(leader).append("before"));
			cluster.kill(leader);
			List<NodeId> rest = cluster.allBut(leader);
			resultOf(cluster.log(rest.get(0)).append("after"));
			cluster.start(leader);
			resultOf(cluster.log(leader).append("back"));
			assertAllDecided(cluster, 3);
		}
	}

	/** Its node may have crashed before anybody heard of it. */
	@Test
	void thatALogHasEndedIsHeardAtTheStart() {
		ProposalId id = new ProposalId(N1, 1, 1);
		Entry.StopSign stopSign = new Entry.StopSign(id, ClusterConfig.of(2, 1, 2), Payload.EMPTY);
		MemoryStorageFactory ended = new MemoryStorageFactory("ended", 0);
		try (Storage storage = ended.open("texts")) {
			storage.write(List.of(new Append(0, List.of(stopSign)), new SetDecided(1, SessionTable.of(List.of(id)))));
		}
		List<Notice.Stopped> heard = new CopyOnWriteArrayList<>();
		NodeListener listener = new NodeListener() {

			@Override
			public void configurationStopped(String log, Notice.Stopped stopped) {
				heard.add(stopped);
			}

		};

		try (TestCluster cluster = TestCluster.of(3).with(N1, ended).with(listener)) {
			ReplicatedLog<String> log = cluster.start(N1).log(TestCluster.TEXTS);

			await().untilAsserted(() -> assertThat(heard).containsExactly(new Notice.Stopped(0, stopSign)));
			assertThat(log.status().isStopped()).isTrue();
		}
	}

	/** The append is made while nobody can decide it, and must not be lost. */
	@Test
	void anAppendOutlivesAPartition() {
		try (TestCluster cluster = TestCluster.of(3).start()) {
			NodeId leader = cluster.leader();
			cluster.network().isolate(leader);
			CompletableFuture<Appended> append = cluster.log(leader).append("alone");
			resultOf(cluster.log(cluster.leaderAmong(cluster.allBut(leader))).append("together"));
			assertThat(append).isNotDone();
			cluster.network().healAll();
			assertThat(resultOf(append).index()).isEqualTo(1);
			assertAllDecided(cluster, 2);
		}
	}

	/**
	 * The leader goes on, and still counts on what each follower had confirmed.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void followersThatComeBackWithoutTheirLogsAreBroughtBackInStep(boolean idle) {
		try (TestCluster cluster = TestCluster.of(3).start()) {
			NodeId leader = cluster.leader();
			if (!idle) {
				resultOf(cluster.log(leader).append("before"));
			}
			for (NodeId follower : cluster.allBut(leader)) {
				cluster.kill(follower);
				cluster.with(follower, new MemoryStorageFactory("new-" + follower, System.currentTimeMillis()));
				cluster.start(follower);
				resultOf(cluster.log(follower).append("from %s, which is back".formatted(follower)));
			}
			assertThat(cluster.leader()).isEqualTo(leader);
			assertAllDecided(cluster, idle ? 2 : 3);
		}
	}

	@Test
	void aClusterOfOneDecidesAlone() {
		try (TestCluster cluster = TestCluster.of(1).start()) {
			assertThat(resultOf(cluster.log(N1).append("one")).index()).isZero();
			assertThat(resultOf(cluster.log(N1).readBarrier())).isEqualTo(1);
		}
	}

	/** The barrier is asked for where the entry may not have arrived yet. */
	@Test
	void aBarrierCoversEverythingThatCompletedBefore() {
		try (TestCluster cluster = TestCluster.of(3).start()) {
			for (int i = 0; i < 20; i++) {
				ReplicatedLog<String> writer = cluster.logs().get(i % 3);
				ReplicatedLog<String> reader = cluster.logs().get((i + 1) % 3);
				long index = resultOf(writer.append("entry " + i)).index();
				long barrier = resultOf(reader.readBarrier());
				assertThat(barrier).isGreaterThan(index);
				assertThat(reader.indexes().decided()).isGreaterThanOrEqualTo(barrier);
				assertThat(reader.read(index)).contains(new LogEntry.Decided<>(index, "entry " + i));
			}
		}
	}

	/** The proposer hears nothing until what it proposed has gone into a snapshot. */
	@Test
	void anAppendThatASnapshotCoversIsDecidedAtAnUnknownIndex() {
		try (TestCluster cluster = TestCluster.of(3).with(TextSnapshotter.type()).start()) {
			NodeId deaf = cluster.follower();
			resultOf(cluster.log(deaf).append("first"));
			cluster.allBut(deaf).forEach((peer) -> cluster.network().cut(peer, deaf));
			CompletableFuture<Appended> append = cluster.log(deaf).append("second");
			List<ReplicatedLog<String>> others = cluster.allBut(deaf).stream().map(cluster::log).toList();
			for (ReplicatedLog<String> other : others) {
				resultOf(other.awaitDecided(2));
				await().untilAsserted(() -> resultOf(other.snapshot(2, true)));
			}
			assertThat(append).isNotDone();
			cluster.network().healAll();
			assertThat(resultOf(append)).isEqualTo(Appended.AT_UNKNOWN_INDEX);
			assertThat(cluster.log(deaf).read(0))
				.contains(new LogEntry.Snapshotted<>(0, 2, List.of("first", "second")));
		}
	}

	@Test
	void leadershipCanBeTaken() {
		try (TestCluster cluster = TestCluster.of(3).start()) {
			NodeId follower = cluster.follower();
			cluster.log(follower).tryBecomeLeader();
			await().until(() -> cluster.leader().equals(follower));
		}
	}

	private static void assertAllDecided(TestCluster cluster, int length) {
		for (ReplicatedLog<String> log : cluster.logs()) {
			resultOf(log.awaitDecided(length));
			assertThat(log.readDecidedSuffix(0)).isEqualTo(cluster.logs().get(0).readDecidedSuffix(0));
		}
	}

}
