package io.omnipaxos.core;

import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Node 1 has promised nothing yet, or has lost its storage: whether it leads at first.
 */
class NewNodeTests extends AbstractElectionTests {

	/** Others may know a leader, or a ballot that it led before it lost its storage. */
	@Test
	void aNewNodeLeadsNothingBeforeItHearsAQuorum() {
		endRound();
		reply(2, ballot(0, 2), ballot(0, 1), true);
		endRound();
		assertThat(prepares()).isEmpty();

		lead();
	}

	@Test
	void aNewNodeFollowsWhoeverLeadsHoweverMuchItIsPreferredUntilItHasCaughtUp() {
		this.node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3, 4, 5), SETTINGS.withLeaderPriority(9), null);
		reply(2, ballot(1, 2), ballot(1, 2), true, 4);
		reply(3, ballot(0, 3), ballot(1, 2), true, 4);
		endRound();
		assertThat(prepares()).isEmpty();
		assertThat(answerToHeartbeat()).extracting(HeartbeatReply::leader, HeartbeatReply::happy)
			.containsExactly(ballot(1, 2), true);

		this.node.hear(2, new DecidedPiece(ballot(1, 2), 0, Entries.entries(1, 2, 3, 4), 4));
		reply(2, ballot(1, 2), ballot(1, 2), true, 4);
		reply(3, ballot(0, 3), ballot(1, 2), true, 4);
		endRound();
		assertThat(prepares()).containsExactly(new Ballot(1, 2, 9, SingleReplica.SELF));
	}

	@Test
	void aNewNodeLeavesThoseAloneWhoAreContentWithALeaderThatItDoesNotHear() {
		reply(2, ballot(0, 2), ballot(1, 5), true);
		reply(3, ballot(0, 3), ballot(1, 5), true);
		endRound();

		assertThat(prepares()).isEmpty();
	}

	/** In a former life, whose storage is lost. */
	@Test
	void aNewNodeThatOthersKnowAsALeaderTakesAHigherBallot() {
		reply(2, ballot(0, 2), ballot(1, 1), false);
		reply(3, ballot(0, 3), ballot(1, 1), false);
		endRound();

		assertThat(prepares()).containsExactly(ballot(2, 1));
	}

	/** It says only who takes over, and not with which ballot. */
	@Test
	void theBallotThatANodeBeginsWithIsNotTakenAgainWhenItsPriorityHasChanged() {
		this.node.replica().setPriority(3);
		endRound();
		assertThat(prepares()).isEmpty();

		reply(2, ballot(0, 2), ballot(0, 1), true);
		reply(3, ballot(0, 3), ballot(0, 1), true);
		endRound();
		assertThat(prepares()).containsExactly(new Ballot(1, 1, 3, SingleReplica.SELF));
	}

}
