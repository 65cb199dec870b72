package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.ReadMessage.BarrierAnswer;
import io.omnipaxos.core.message.ReadMessage.BarrierRequest;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static org.assertj.core.api.Assertions.assertThat;

/** Node 1 follows node 3 and asks it for read barriers. */
class ReadBarriersTests {

	private static final Ballot FIRST = new Ballot(1, 5, 0, new NodeId(3));

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private final SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3, 4, 5),
			SingleReplica.settings().withElectionTickTimeout(1000), null);

	@Test
	void aFollowerAsksItsLeaderOnceItIsInStep() {
		ask();
		assertThat(this.node.sentTo(3, BarrierRequest.class)).isEmpty();

		follow();

		assertThat(this.node.sentTo(3, BarrierRequest.class)).containsExactly(new BarrierRequest(1, 1));
	}

	@Test
	void whatIsAskedMeanwhileSharesTheNextRequest() {
		follow();
		ask();
		ask();
		ask();
		assertThat(this.node.sentTo(3, BarrierRequest.class)).containsExactly(new BarrierRequest(1, 1));

		this.node.hear(3, new BarrierAnswer(1, 1, 0));

		assertThat(this.node.sentTo(3, BarrierRequest.class)).containsExactly(new BarrierRequest(1, 3));
		assertThat(reached()).containsExactly(new Notice.BarrierReached(1, 0));
	}

	@Test
	void aBarrierIsReportedByTheNumberThatItWasGiven() {
		follow();
		long first = this.node.replica().readBarrier();
		long second = this.node.replica().readBarrier();
		this.node.settle();

		this.node.hear(3, new BarrierAnswer(1, second, 0));

		assertThat(second).isGreaterThan(first);
		assertThat(reached()).containsExactly(new Notice.BarrierReached(second, 0));
	}

	@Test
	void aBarrierIsReachedWhenSoMuchIsDecided() {
		follow();
		ask();

		this.node.hear(3, new BarrierAnswer(1, 1, 2));
		this.node.hear(3, new AcceptDecide(FIRST, 0, entries(1, 2), 1));
		assertThat(reached()).isEmpty();
		this.node.hear(3, new AcceptDecide(FIRST, 2, List.of(), 2));

		assertThat(reached()).containsExactly(new Notice.BarrierReached(1, 2));
	}

	@Test
	void whatIsUnansweredIsAskedAgainAfterAResendTimeout() {
		follow();
		ask();
		this.node.sent.clear();

		this.node.tick(10);

		assertThat(this.node.sentTo(3, BarrierRequest.class)).containsExactly(new BarrierRequest(1, 1));
	}

	@Test
	void whatIsAnsweredAndReachedIsNotAskedAgain() {
		follow();
		ask();
		this.node.hear(3, new BarrierAnswer(1, 1, 0));
		this.node.sent.clear();

		this.node.tick(20);

		assertThat(this.node.sentTo(3, BarrierRequest.class)).isEmpty();
	}

	/** The leader counted entries that the next leader did not adopt. */
	@Test
	void whatIsNotReachedIsAskedAgainAndALowerIndexCounts() {
		follow();
		ask();
		this.node.hear(3, new BarrierAnswer(1, 1, 9));
		this.node.sent.clear();

		this.node.tick(10);
		assertThat(this.node.sentTo(3, BarrierRequest.class)).containsExactly(new BarrierRequest(1, 1));
		this.node.hear(3, new BarrierAnswer(1, 1, 0));

		assertThat(reached()).containsExactly(new Notice.BarrierReached(1, 0));
	}

	@Test
	void aHigherIndexDoesNotHoldUpAnEarlierBarrier() {
		follow();
		ask();
		this.node.hear(3, new BarrierAnswer(1, 1, 1));
		ask();
		this.node.hear(3, new BarrierAnswer(1, 2, 2));

		this.node.hear(3, new AcceptDecide(FIRST, 0, entries(1, 2), 1));

		assertThat(reached()).containsExactly(new Notice.BarrierReached(1, 1));
	}

	@Test
	void aLaterAnswerOfTheSameIndexCoversTheEarlierBarriers() {
		follow();
		ask();
		this.node.hear(3, new BarrierAnswer(1, 1, 1));
		ask();
		this.node.hear(3, new BarrierAnswer(1, 2, 1));

		this.node.hear(3, new AcceptDecide(FIRST, 0, entries(1), 1));

		assertThat(reached()).containsExactly(new Notice.BarrierReached(2, 1));
	}

	@Test
	void answersToAnotherLifeOrToNoQuestionAreIgnored() {
		follow();
		ask();
		ask();
		this.node.hear(3, new BarrierAnswer(1, 2, 0));
		this.node.notices.clear();

		this.node.hear(3, new BarrierAnswer(2, 2, 0));
		this.node.hear(3, new BarrierAnswer(1, 3, 0));
		this.node.hear(3, new BarrierAnswer(1, 1, 0));

		assertThat(reached()).isEmpty();
	}

	@Test
	void aNewLeaderIsAskedAgain() {
		follow();
		ask();
		Ballot next = new Ballot(1, 6, 0, new NodeId(2));
		this.node.hear(2, new Prepare(next, EMPTY));
		this.node.hear(2, new AcceptSync(next, new LogPosition(FIRST, 0, 0), 0, List.of(), 0));

		assertThat(this.node.sentTo(2, BarrierRequest.class)).containsExactly(new BarrierRequest(1, 1));
	}

	private void ask() {
		this.node.replica().readBarrier();
		this.node.settle();
	}

	private List<Notice.BarrierReached> reached() {
		return this.node.noticed(Notice.BarrierReached.class);
	}

	private void follow() {
		this.node.hear(3, new Prepare(FIRST, EMPTY));
		this.node.hear(3, new AcceptSync(FIRST, EMPTY, 0, List.of(), 0));
	}

}
