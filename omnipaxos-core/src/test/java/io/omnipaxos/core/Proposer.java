package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;

/** Node 1 of three, which follows node 3 and proposes entries that are equally long. */
final class Proposer {

	/** Ballot of the leader. */
	static final Ballot FIRST = new Ballot(1, 5, 0, new NodeId(3));

	static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	static final Payload TEXT = Payload.ofText("x");

	static final int SIZE = Entry.OVERHEAD + 1;

	final SingleReplica node;

	/** Nine proposals may be pending, five under way, two in a message. */
	Proposer() {
		this(new Limits(1000, 9 * SIZE, 10_000, 2 * SIZE, 5 * SIZE, 0));
	}

	Proposer(Limits limits) {
		this.node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3),
				SingleReplica.settings().withElectionTickTimeout(1000).withLimits(limits), null);
	}

	void follow() {
		this.node.hear(3, new Prepare(FIRST, EMPTY));
		this.node.hear(3, new AcceptSync(FIRST, EMPTY, 0, List.of(), 0));
	}

	void append(int count) {
		for (int i = 0; i < count; i++) {
			this.node.replica().append(TEXT);
		}
		this.node.settle();
	}

	/** The leader has proposals of this node's first life decided, and tells so. */
	void decide(long first, long last) {
		List<Entry> entries = new ArrayList<>();
		LongStream.rangeClosed(first, last).forEach((seq) -> entries.add(new Entry.Command(id(seq), TEXT)));
		this.node.hear(3, new AcceptDecide(FIRST, first - 1, entries, last));
	}

	static ProposalId id(long seq) {
		return new ProposalId(SingleReplica.SELF, 1, seq);
	}

	/** Returns which proposals went to a leader, and forgets all that was sent. */
	List<String> proposed() {
		List<String> ranges = this.node.sent.stream()
			.filter((envelope) -> envelope.message() instanceof Propose)
			.map((envelope) -> ((Propose) envelope.message()).entries())
			.map((entries) -> entries.get(0).id().seq() + "-" + entries.get(entries.size() - 1).id().seq())
			.toList();
		this.node.sent.clear();
		return ranges;
	}

}
