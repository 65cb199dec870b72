package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.message.ReadMessage.BarrierAnswer;
import io.omnipaxos.core.message.ReadMessage.BarrierRequest;
import io.omnipaxos.core.message.ReadMessage.ReadAck;
import io.omnipaxos.core.message.ReadMessage.ReadProbe;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static org.assertj.core.api.Assertions.assertThat;

/** Node 1 leads five nodes and is asked for read barriers. */
class ReadRoundsTests {

	private static final Ballot FIRST = new Ballot(1, 5, 0, new NodeId(3));

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private final SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3, 4, 5),
			SingleReplica.settings().withElectionTickTimeout(1000), null);

	@Test
	void aLeaderAnswersOnceAWriteQuorumObeysIt() {
		lead();

		this.node.hear(2, new BarrierRequest(4, 7));
		assertThat(probed()).containsExactly(2L, 3L, 4L, 5L);
		this.node.hear(3, new ReadAck(ballot(), 1));
		this.node.hear(3, new ReadAck(ballot(), 1));
		assertThat(this.node.sentTo(2, BarrierAnswer.class)).isEmpty();
		this.node.hear(4, new ReadAck(ballot(), 1));

		assertThat(this.node.sentTo(2, BarrierAnswer.class)).containsExactly(new BarrierAnswer(4, 7, 0));
	}

	@Test
	void onlyWhoHasNotAnsweredIsProbedAgain() {
		lead();
		this.node.hear(2, new BarrierRequest(4, 7));
		this.node.hear(3, new ReadAck(ballot(), 1));
		this.node.sent.clear();

		this.node.tick(10);

		assertThat(probed()).containsExactly(2L, 4L, 5L);
	}

	@Test
	void nobodyIsProbedWhenNobodyAsks() {
		lead();
		this.node.hear(2, new BarrierRequest(4, 7));
		this.node.hear(3, new ReadAck(ballot(), 1));
		this.node.hear(4, new ReadAck(ballot(), 1));
		this.node.sent.clear();

		this.node.tick(10);

		assertThat(probed()).isEmpty();
	}

	@Test
	void answersOfAnEarlierRoundOrAnotherBallotProveNothing() {
		lead();
		round(1);
		this.node.hear(2, new BarrierRequest(4, 8));

		this.node.hear(3, new ReadAck(ballot(), 1));
		this.node.hear(4, new ReadAck(ballot(), 1));
		this.node.hear(4, new ReadAck(FIRST, 2));
		this.node.hear(3, new ReadAck(FIRST, 2));
		assertThat(this.node.sentTo(2, BarrierAnswer.class)).isEmpty();
		this.node.hear(3, new ReadAck(ballot(), 2));
		this.node.hear(4, new ReadAck(ballot(), 2));

		assertThat(this.node.sentTo(2, BarrierAnswer.class)).containsExactly(new BarrierAnswer(4, 8, 0));
	}

	/** Requests overtake each other; only the newest of each node is answered. */
	@Test
	void theNewestRequestOfANodeIsAnswered() {
		lead();
		this.node.hear(5, new BarrierRequest(1, 1));
		this.node.hear(2, new BarrierRequest(4, 7));
		this.node.hear(2, new BarrierRequest(4, 6));
		this.node.hear(2, new BarrierRequest(3, 9));
		this.node.hear(4, new BarrierRequest(1, 5));
		this.node.hear(4, new BarrierRequest(2, 1));
		this.node.sent.clear();

		this.node.hear(3, new ReadAck(ballot(), 1));
		this.node.hear(4, new ReadAck(ballot(), 1));
		this.node.hear(3, new ReadAck(ballot(), 2));
		this.node.hear(4, new ReadAck(ballot(), 2));

		assertThat(this.node.sent).extracting((envelope) -> envelope.to() + " " + envelope.message())
			.contains("n2 " + new BarrierAnswer(4, 7, 0), "n4 " + new BarrierAnswer(2, 1, 0))
			.doesNotContain("n2 " + new BarrierAnswer(4, 6, 0));
	}

	/** What a leader found when it began may have been decided, and reported, before. */
	@Test
	void theIndexCoversTheLogThatTheLeaderBeganWith() {
		follow();
		this.node.hear(3, new AcceptDecide(FIRST, 0, entries(1, 2), 1));
		this.node.sent.clear();
		lead();

		this.node.hear(2, new BarrierRequest(4, 1));
		this.node.hear(3, new ReadAck(ballot(), 1));
		this.node.hear(4, new ReadAck(ballot(), 1));

		assertThat(this.node.sentTo(2, BarrierAnswer.class)).containsExactly(new BarrierAnswer(4, 1, 2));
	}

	@Test
	void theIndexCoversWhatTheLeaderDecidedSince() {
		lead();
		this.node.replica().append(Payload.ofText("a"));
		this.node.settle();
		this.node.hear(2, new Accepted(ballot(), 1, 0, false));
		this.node.hear(3, new Accepted(ballot(), 1, 0, false));

		this.node.hear(2, new BarrierRequest(4, 1));
		this.node.hear(3, new ReadAck(ballot(), 1));
		this.node.hear(4, new ReadAck(ballot(), 1));

		assertThat(this.node.sentTo(2, BarrierAnswer.class)).containsExactly(new BarrierAnswer(4, 1, 1));
	}

	@Test
	void aFollowerIsNoUseToWhoAsksItForABarrier() {
		follow();

		this.node.hear(2, new BarrierRequest(4, 1));

		assertThat(probed()).isEmpty();
	}

	private void follow() {
		this.node.hear(3, new Prepare(FIRST, EMPTY));
		this.node.hear(3, new AcceptSync(FIRST, EMPTY, 0, List.of(), 0));
	}

	private void lead() {
		this.node.replica().tryBecomeLeader();
		this.node.settle();
		this.node.hear(2, new Promise(ballot(), EMPTY));
		this.node.hear(3, new Promise(ballot(), EMPTY));
		this.node.hear(2, new Accepted(ballot(), 0, 0, false));
		this.node.sent.clear();
	}

	private void round(long number) {
		this.node.hear(2, new BarrierRequest(4, 7));
		this.node.hear(3, new ReadAck(ballot(), number));
		this.node.hear(4, new ReadAck(ballot(), number));
		this.node.sent.clear();
	}

	/** Returns who was probed, and forgets all that was sent. */
	private List<Long> probed() {
		List<Long> pids = this.node.sent.stream()
			.filter((envelope) -> envelope.message() instanceof ReadProbe)
			.map((envelope) -> envelope.to().value())
			.toList();
		this.node.sent.clear();
		return pids;
	}

	private Ballot ballot() {
		return this.node.replica().status().promise();
	}

}
