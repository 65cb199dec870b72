package io.omnipaxos.node;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.omnipaxos.core.Limits;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.node.TestCluster.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Node 3 was away and asks for what it missed, which the others have on their disks only.
 */
class ServingLaggardsTests {

	private static final NodeId N1 = new NodeId(1);

	private static final NodeId N2 = new NodeId(2);

	private static final NodeId N3 = new NodeId(3);

	private static final int MISSED = 200;

	private final List<FaultyStorageFactory> storages = List.of(new FaultyStorageFactory(), new FaultyStorageFactory());

	private TestCluster cluster;

	@BeforeEach
	void missAPart() {
		Limits littleCached = new Limits(1000, 100_000, 2000, 1000, 100_000, 5000);
		this.cluster = TestCluster.of(3)
			.with(N1, this.storages.get(0))
			.with(N2, this.storages.get(1))
			.with((server) -> server.withLimits(littleCached))
			.start();
		this.cluster.leader();
		this.cluster.kill(N3);
		resultOf(this.cluster.log(N1)
			.appendAll(IntStream.range(0, MISSED).mapToObj((number) -> "missed " + number).toList()));
	}

	@AfterEach
	void close() {
		this.cluster.close();
	}

	@Test
	void theLogGoesOnWhileAPieceIsRead() {
		this.storages.forEach((storage) -> storage.reads().hold());
		try {
			this.cluster.start(N3);
			await().until(() -> isHeld(N1) || isHeld(N2));
			resultOf(this.cluster.log(N1).append("meanwhile"));
			resultOf(this.cluster.log(N2).append("and from the other node"));
			assertThat(this.cluster.log(N3).indexes().decided()).isZero();
		}
		finally {
			this.storages.forEach((storage) -> storage.reads().release());
		}
		resultOf(this.cluster.log(N3).awaitDecided(MISSED + 2));
		assertThat(this.cluster.log(N3).readDecidedSuffix(0)).isEqualTo(this.cluster.log(N1).readDecidedSuffix(0));
	}

	@Test
	void aNodeThatStopsWaitsForThePieceThatIsRead() {
		this.storages.forEach((storage) -> storage.reads().hold());
		CompletableFuture<Void> stopped;
		try {
			this.cluster.start(N3);
			await().until(() -> isHeld(N1) || isHeld(N2));
			NodeId giver = isHeld(N1) ? N1 : N2;
			ReplicatedLog<String> log = this.cluster.log(giver);
			stopped = CompletableFuture.runAsync(() -> this.cluster.kill(giver));
			await().until(() -> log.awaitDecided(1).isCompletedExceptionally());
			assertThat(storage(giver).open()).containsExactly("texts");
			assertThat(stopped).isNotDone();
		}
		finally {
			this.storages.forEach((storage) -> storage.reads().release());
		}
		resultOf(stopped);
		List.of(N1, N2).forEach(this.cluster::kill);
		this.storages.forEach((storage) -> assertThat(storage.open()).isEmpty());
		assertThat(failure(N1)).isNull();
		assertThat(failure(N2)).isNull();
	}

	@Test
	void aStorageThatCannotReadStopsItsReplica() {
		this.storages.forEach((storage) -> storage.failReads(new StorageException("bad sector", null)));
		this.cluster.start(N3);
		await().until(() -> failure(N1) != null || failure(N2) != null);
		Throwable failure = (failure(N1) != null) ? failure(N1) : failure(N2);
		assertThat(failure).isInstanceOf(StorageException.class).hasMessage("bad sector");
	}

	/** A pool may be empty because of what the application does. */
	@Test
	void aStorageThatIsAwayForAWhileIsAskedAgain() {
		this.storages
			.forEach((storage) -> storage.failReads(new StorageUnavailableException("no connection to be had", null)));
		this.cluster.start(N3);
		await().until(() -> this.storages.stream().anyMatch((storage) -> storage.failedReads() > 0));
		resultOf(this.cluster.log(N1).append("meanwhile"));
		assertThat(this.cluster.log(N3).indexes().decided()).isZero();

		this.storages.forEach(FaultyStorageFactory::heal);

		resultOf(this.cluster.log(N3).awaitDecided(MISSED + 1));
		assertThat(failure(N1)).isNull();
		assertThat(failure(N2)).isNull();
	}

	private FaultyStorageFactory storage(NodeId pid) {
		return this.storages.get(pid.equals(N1) ? 0 : 1);
	}

	private boolean isHeld(NodeId pid) {
		return storage(pid).reads().isHolding();
	}

	private Throwable failure(NodeId pid) {
		return this.cluster.node(pid).failure("texts");
	}

}
