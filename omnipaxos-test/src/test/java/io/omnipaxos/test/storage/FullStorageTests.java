package io.omnipaxos.test.storage;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.SimulatedAppend;
import io.omnipaxos.test.simulation.SimulatedCluster;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.simulation.Timespan.electionRounds;
import static org.assertj.core.api.Assertions.assertThat;

/** Node 1 leads, and its storage has no room for more entries. */
class FullStorageTests {

	private static final NodeId N1 = new NodeId(1);

	private static final NodeId N2 = new NodeId(2);

	private final SimulatedCluster cluster = SimulatedCluster.ofNodes(3, 1).ledBy(N1);

	@BeforeEach
	void fill() {
		this.cluster.run(electionRounds(3));
		this.cluster.node(N1).storage().fill(true);
	}

	@Test
	void appendsWaitUntilThereIsRoomAgain() {
		SimulatedAppend own = this.cluster.append(N1, "own");
		SimulatedAppend others = this.cluster.append(N2, "another's");
		this.cluster.run(electionRounds(5));
		assertThat(this.cluster.nodes()).allMatch((node) -> node.core().indexes().accepted() == 0);

		this.cluster.node(N1).storage().fill(false);

		this.cluster.runUntil(Condition.decided(own), electionRounds(5));
		this.cluster.runUntil(Condition.decided(others), electionRounds(5));
	}

	/** What another leader has let in is taken, or the cluster would stand still. */
	@Test
	void entriesOfALeaderThatHasRoomAreTaken() {
		SimulatedAppend own = this.cluster.append(N1, "own");
		this.cluster.tell(N2, "take over", (replica) -> replica.tryBecomeLeader());

		this.cluster.runUntil(Condition.decided(own), electionRounds(5));
		assertThat(this.cluster.node(N1).core().indexes().accepted()).isOne();
	}

}
