package io.omnipaxos.test.simulation;

import java.util.List;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.storage.StorageOp;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A disk that fails stops its node; a write that does not fit ends the run. */
class SimulatedStorageTests {

	private static final NodeId N1 = new NodeId(1);

	private static final String RULE = "what is written fits what is stored";

	private final SimulatedCluster cluster = SimulatedCluster.ofNodes(1, 1).ledBy(N1);

	private final SimulatedNode node = this.cluster.node(N1);

	@Test
	void aWriteThatDoesNotFitEndsTheRun() {
		makeTheNextAppendUnfit();

		assertThatExceptionOfType(InvariantViolation.class).isThrownBy(() -> this.cluster.append(N1, "a"))
			.withMessageStartingWith(RULE + ": Entry 0 is decided and would be replaced");
	}

	@Test
	void soDoesOneThatWouldBeFoundDoneAfterACrash() {
		makeTheNextAppendUnfit();
		this.cluster.disk(N1, new DiskFaults(1, 10));
		this.cluster.append(N1, "a");

		assertThatExceptionOfType(InvariantViolation.class).isThrownBy(() -> this.cluster.crashAfterWriting(N1))
			.withMessageStartingWith(RULE + ": Entry 0 is decided and would be replaced");
	}

	@Test
	void aFailureThatWasOrderedStopsTheNode() {
		this.node.storage().failAfter(0, false);

		this.cluster.append(N1, "a");

		assertThat(this.node.isUp()).isFalse();
	}

	/** No core that is sound writes such a thing, so its disk is changed behind it. */
	private void makeTheNextAppendUnfit() {
		ProposalId id = new ProposalId(N1, 1, 1);
		this.node.storage()
			.disk()
			.write(List.of(new StorageOp.Append(0, List.of(new Entry.Command(id, Payload.ofText("decided already")))),
					new StorageOp.SetDecided(1, SessionTable.of(List.of(id)))));
	}

}
