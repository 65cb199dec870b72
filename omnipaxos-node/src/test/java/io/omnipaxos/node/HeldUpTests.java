package io.omnipaxos.node;

import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import io.omnipaxos.core.ReplicaStatus.Connectivity;
import io.omnipaxos.core.model.NodeId;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.node.TestCluster.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a node shows of a log whose thread waits for something.
 */
class HeldUpTests {

	private static final NodeId N1 = new NodeId(1);

	private final FaultyStorageFactory storage = new FaultyStorageFactory();

	private final CountDownLatch goOn = new CountDownLatch(1);

	@Test
	void aReplicaWhoseThreadIsHeldUpLeadsNobodyUntilItGoesOn() {
		holdUp((node) -> {
			ReplicatedLog<String> log = node.log(TestCluster.TEXTS);
			assertThat(log.leader()).isEmpty();
			assertThat(log.status().role().leads()).isFalse();
			assertThat(log.status().connectivity()).isEqualTo(new Connectivity(false, false, false));
			assertThat(node.failure("texts")).isNull();

			this.goOn.countDown();
			await().until(() -> log.status().role().leads());
			assertThat(node.heldUp("texts")).isZero();
			resultOf(log.append("goes on"));
		});
	}

	@Test
	void aReplicaThatHasStoppedIsNotHeldUp() {
		holdUp((node) -> {
			this.storage.failWrites("disk full");
			node.log(TestCluster.TEXTS).append("lost");
			this.goOn.countDown();

			await().until(() -> node.failure("texts") != null);
			await().until(() -> node.heldUp("texts").isZero());
		});
	}

	/** Has a callback wait on the log's thread. */
	private void holdUp(Consumer<OmniPaxosNode> test) {
		try (TestCluster cluster = TestCluster.of(1).with(N1, this.storage).start()) {
			OmniPaxosNode node = cluster.node(N1);
			assertThat(node.heldUp("texts")).isZero();
			resultOf(cluster.log(N1).append("leading"));
			this.storage.writes().hold();
			cluster.log(N1).append("held up").thenRun(this::awaitGoingOn);
			this.storage.writes().release();
			await().until(() -> !node.heldUp("texts").isZero());
			try {
				test.accept(node);
			}
			finally {
				this.goOn.countDown();
			}
		}
	}

	private void awaitGoingOn() {
		try {
			this.goOn.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
