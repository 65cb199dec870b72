package io.omnipaxos.test.linearizability;

import java.util.List;

import io.omnipaxos.core.Notice;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.linearizability.LogModel.Action;
import io.omnipaxos.test.linearizability.LogModel.Read;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.SimulatedCluster;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.simulation.Timespan.electionRounds;
import static org.assertj.core.api.Assertions.assertThat;

/** A read has seen what its node had applied when it was answered, whoever looks when. */
class ClientHistoryTests {

	private static final NodeId N1 = new NodeId(1);

	private static final NodeId N2 = new NodeId(2);

	private static final Condition READ_IS_ANSWERED = new Condition("the read is answered",
			(cluster) -> cluster.node(N2).notices().stream().anyMatch(Notice.BarrierReached.class::isInstance));

	private final SimulatedCluster cluster = SimulatedCluster.ofNodes(3, 1).ledBy(N1);

	private final ClientHistory history = new ClientHistory(this.cluster);

	@Test
	void aReadHasSeenWhatItsNodeForgetsInACrash() {
		this.history.append(N1, "a");
		this.cluster.runUntil(Condition.decidedBy(N2, "a"), electionRounds(5));
		this.history.observe();
		this.history.read(N2);
		this.cluster.runUntil(READ_IS_ANSWERED, electionRounds(5));

		this.cluster.crash(N2);
		this.cluster.restart(N2);

		assertThat(this.cluster.node(N2).decided()).as("was not on the disk yet").isEmpty();
		this.history.observe();
		assertThat(reads()).containsExactly(new Read(List.of("a")));
		assertThat(LinearizabilityChecker.isLinearizable(this.history.operations(), LogModel::new)).isTrue();
	}

	@Test
	void aReadHasNotSeenWhatItsNodeHearsOfLater() {
		this.history.read(N2);
		this.cluster.runUntil(READ_IS_ANSWERED, electionRounds(5));
		long answered = this.cluster.now();

		this.history.append(N1, "a");
		this.cluster.runUntil(Condition.decidedBy(N2, "a"), electionRounds(5));

		this.history.observe();
		assertThat(reads()).containsExactly(new Read(List.of()));
		assertThat(this.history.operations()).anyMatch((operation) -> operation.returned() == answered);
	}

	private List<Action> reads() {
		return this.history.operations().stream().map(Operation::action).filter(Read.class::isInstance).toList();
	}

}
