package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How followers hear of what their leader, node 1, has decided.
 */
class AnnouncingTests {

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private static final NodeId FOLLOWER = new NodeId(2);

	private final SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3));

	@BeforeEach
	void lead() {
		this.node.replica().tryBecomeLeader();
		this.node.settle();
		this.node.hear(2, new Promise(ballot(), EMPTY));
		this.node.hear(2, new Accepted(ballot(), 0, 0, false));
		append("a");
		this.node.settle();
		this.node.sent.clear();
	}

	/** Whoever waited for the first entry appends the second when told. */
	@Test
	void whatIsDecidedGoesAlongWithTheNextEntries() {
		accepted(1);
		assertThat(drain().messages()).isEmpty();
		append("b");

		this.node.settle();

		assertThat(this.node.sentTo(2, AcceptDecide.class)).singleElement().satisfies((accept) -> {
			assertThat(accept.decidedIndex()).isOne();
			assertThat(accept.entries()).extracting(Entry::contentSize).containsExactly(1);
		});
	}

	@Test
	void isToldByItselfWhenNothingElseIsToBeSaid() {
		accepted(1);

		this.node.settle();

		assertThat(this.node.sentTo(2, AcceptDecide.class))
			.containsExactly(new AcceptDecide(ballot(), 1, List.of(), 1));
		assertThat(this.node.replica().hasEffects()).isFalse();
	}

	@Test
	void isNotHeldBackByEntriesThatHaveNoRoomOnTheWay() {
		SingleReplica narrow = new SingleReplica(ClusterConfig.of(1, 1, 2, 3),
				SingleReplica.settings().withLimits(new Limits(1000, 10_000, 10_000, 1000, 1, 0)), null);
		narrow.replica().tryBecomeLeader();
		narrow.settle();
		Ballot ballot = narrow.replica().status().promise();
		narrow.hear(2, new Promise(ballot, EMPTY));
		narrow.hear(3, new Promise(ballot, EMPTY));
		narrow.hear(2, new Accepted(ballot, 0, 0, false));
		narrow.hear(3, new Accepted(ballot, 0, 0, false));
		narrow.replica().append(Payload.ofText("a"));
		narrow.settle();
		narrow.replica().append(Payload.ofText("b"));
		narrow.sent.clear();

		narrow.hear(2, new Accepted(ballot, 1, 0, false));

		assertThat(narrow.sentTo(3, AcceptDecide.class)).containsExactly(new AcceptDecide(ballot, 1, List.of(), 1));
	}

	private void append(String text) {
		this.node.replica().append(Payload.ofText(text));
	}

	private void accepted(long index) {
		this.node.replica()
			.onMessage(new Envelope(FOLLOWER, SingleReplica.SELF, 1, new Accepted(ballot(), index, 0, false)));
	}

	private Effects drain() {
		Effects effects = this.node.replica().drain();
		assertThat(effects.writes()).isEmpty();
		this.node.replica().written();
		return effects;
	}

	private Ballot ballot() {
		return this.node.replica().status().promise();
	}

}
