package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static io.omnipaxos.core.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Node 1 follows node 3, has decided four entries of six, and snapshots them, two at a
 * time, while no tick comes.
 */
class CompactionPaceTests {

	private static final Ballot FIRST = new Ballot(1, 5, 0, new NodeId(3));

	private final SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3),
			SingleReplica.settings().withLimits(new Limits(1000, 10_000, 10_000, 2 * entry(1).size(), 10_000, 0)),
			new LogReaderTests.JoiningFolder());

	@BeforeEach
	void beginSnapshot() {
		this.node.follow(FIRST, entries(1, 2, 3, 4, 5, 6), 4);
		this.node.replica().snapshot(null, true);
		this.node.settle();
	}

	/** However fast entries come, no log outgrows its compaction. */
	@Test
	void aLogThatGrowsIsCompactedTwiceAsFast() {
		assertThat(this.node.replica().indexes().compacted()).isZero();

		this.node.hear(3, new AcceptDecide(FIRST, 6, entries(7), 4));

		assertThat(this.node.noticed(Notice.Compacted.class)).containsExactly(new Notice.Compacted(4, true));
	}

	@Test
	void nothingIsDoneOutOfTurnWhileTheLogDoesNotGrow() {
		this.node.hear(3, new AcceptDecide(FIRST, 6, List.of(), 5));
		this.node.hear(3, new AcceptDecide(FIRST, 6, List.of(), 6));

		assertThat(this.node.replica().indexes().compacted()).isZero();
	}

}
