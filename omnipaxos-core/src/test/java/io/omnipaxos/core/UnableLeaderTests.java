package io.omnipaxos.core;

import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.CatchUpMessage.NotAvailable;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node that has lost its storage lacks entries that the others have trimmed. It can
 * never adopt their log, so it must not keep the lead from those who can.
 */
class UnableLeaderTests extends AbstractElectionTests {

	@Test
	void whoCannotHaveWhatIsDecidedDoesNotTakeOver() {
		follow(ballot(7, 5));
		othersAre(true);
		endRound();
		trimmedEverywhere();
		othersAre(false);
		endRound();
		assertThat(prepares()).isEmpty();

		othersAre(false);
		endRound();
		assertThat(prepares()).isEmpty();
	}

	@Test
	void whoHasFoundItAfterAllTakesOver() {
		follow(ballot(7, 5));
		othersAre(true);
		endRound();
		trimmedEverywhere();
		othersAre(false);
		endRound();

		this.node.hear(3, new DecidedPiece(ballot(7, 5), 0, Entries.entries(1, 2, 3, 4), 4));
		othersAre(false);
		endRound();

		assertThat(prepares()).containsExactly(ballot(8, 1));
	}

	@Test
	void aLeaderThatCannotAdoptALogSaysSoAndIsReplaced() {
		lead();
		this.node.hear(2, new Promise(ballot(1, 1), new LogPosition(ballot(0, 2), 4, 4)));
		this.node.hear(3, new Promise(ballot(1, 1), new LogPosition(ballot(0, 2), 4, 4)));
		replyAsFollowers(2, 3);
		assertThat(answerToHeartbeat().happy()).isTrue();

		trimmedEverywhere();
		replyAsFollowers(2, 3);
		endRound();

		assertThat(answerToHeartbeat().happy()).isFalse();
		assertThat(prepares()).isEmpty();
		follow(ballot(2, 3));
		assertThat(answerToHeartbeat().leader()).isEqualTo(ballot(2, 3));
	}

	/** It would have to fetch for as long as that takes, and nobody decides meanwhile. */
	@Test
	void aPreferredNodeThatIsBehindTakesTheLeadOnceItHasCaughtUp() {
		follow(ballot(7, 5));
		othersAre(true);
		endRound();
		this.node.replica().setPriority(9);

		othersAre(true);
		endRound();
		assertThat(prepares()).isEmpty();

		this.node.hear(3, new DecidedPiece(ballot(7, 5), 0, Entries.entries(1, 2, 3, 4), 4));
		othersAre(true);
		endRound();
		assertThat(prepares()).containsExactly(new Ballot(1, 8, 9, new NodeId(1)));
	}

	/** Nodes 2 and 3 follow node 5, and have decided four entries. */
	private void othersAre(boolean happy) {
		reply(2, ballot(1, 2), ballot(7, 5), happy, 4);
		reply(3, ballot(1, 3), ballot(7, 5), happy, 4);
	}

	/** Whoever was asked has only what follows. */
	private void trimmedEverywhere() {
		for (long pid : new long[] { 2, 3, 2 }) {
			this.node.hear(pid, new NotAvailable(0, 4));
		}
		assertThat(this.node.replica().status().missingFrom()).isZero();
	}

}
