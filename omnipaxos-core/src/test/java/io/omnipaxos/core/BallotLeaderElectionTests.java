package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatRequest;
import io.omnipaxos.core.message.PrepareMessage.NotAccepted;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.FlexibleQuorum;
import io.omnipaxos.core.model.NodeId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Node 1 of five judges what the others tell it at the end of each heartbeat round.
 */
class BallotLeaderElectionTests extends AbstractElectionTests {

	@Test
	void followsTheHighestBallotOfThoseThatAnswer() {
		reply(2, ballot(1, 2), ballot(1, 2), true);
		reply(5, ballot(1, 5), ballot(1, 5), true);
		endRound();

		assertThat(prepares()).isEmpty();
		assertThat(answerToHeartbeat().leader()).isEqualTo(ballot(1, 5));
	}

	@Test
	void doesNotFollowABallotWhoseOwnerHasGoneOverToAnother() {
		follow(ballot(7, 5));

		reply(5, ballot(7, 5), ballot(7, 5), true);
		reply(2, ballot(8, 2), ballot(9, 4), true);
		endRound();

		assertThat(answerToHeartbeat()).extracting(HeartbeatReply::leader, HeartbeatReply::happy)
			.containsExactly(ballot(7, 5), true);
	}

	@Test
	void isNotContentWithALeaderThatHasGoneOverToAnother() {
		follow(ballot(7, 5));

		reply(5, ballot(7, 5), ballot(9, 4), true);
		endRound();

		assertThat(answerToHeartbeat()).extracting(HeartbeatReply::leader, HeartbeatReply::happy)
			.containsExactly(ballot(7, 5), false);
	}

	@Test
	void takesOverWhenNobodyIsContentAndAQuorumAnswers() {
		follow(ballot(7, 5));

		reply(2, ballot(1, 2), ballot(7, 5), false);
		reply(3, ballot(1, 3), ballot(7, 5), false);
		endRound();

		assertThat(prepares()).containsExactly(ballot(8, 1));
	}

	@Test
	void leavesAContentNeighbourItsLeader() {
		follow(ballot(7, 5));

		reply(2, ballot(1, 2), ballot(7, 5), false);
		reply(3, ballot(1, 3), ballot(7, 5), true);
		endRound();

		assertThat(prepares()).isEmpty();
	}

	@Test
	void doesNotTakeOverWithoutAQuorum() {
		follow(ballot(7, 5));

		reply(2, ballot(1, 2), ballot(7, 5), false);
		endRound();

		assertThat(prepares()).isEmpty();
	}

	@Test
	void countsARepeatedReplyOnce() {
		follow(ballot(7, 5));

		reply(2, ballot(1, 2), ballot(7, 5), false);
		reply(2, ballot(1, 2), ballot(7, 5), false);
		endRound();

		assertThat(prepares()).isEmpty();
	}

	@Test
	void takesOverAboveEveryBallotOwnOrLedThatItSees() {
		follow(ballot(2, 5));

		reply(2, ballot(1, 2), ballot(40, 4), false);
		reply(3, ballot(30, 3), ballot(2, 5), false);
		endRound();

		assertThat(prepares()).containsExactly(ballot(41, 1));
	}

	@Test
	void takesOverAboveABallotThatItWasRefusedFor() {
		follow(ballot(7, 5));

		this.node.hear(4, new NotAccepted(ballot(3, 1), ballot(90, 4)));
		reply(2, ballot(1, 2), ballot(7, 5), false);
		reply(3, ballot(1, 3), ballot(7, 5), false);
		endRound();

		assertThat(prepares()).containsExactly(ballot(91, 1));
	}

	@Test
	void doesNotTakeOverInTheRoundInWhichItsPromiseRose() {
		follow(ballot(2, 5));
		this.node.hear(4, new Prepare(ballot(9, 4), EMPTY));

		reply(2, ballot(1, 2), ballot(2, 5), false);
		reply(3, ballot(1, 3), ballot(2, 5), false);
		endRound();

		assertThat(prepares()).isEmpty();
		assertThat(answerToHeartbeat()).extracting(HeartbeatReply::leader, HeartbeatReply::happy)
			.containsExactly(ballot(9, 4), true);
	}

	@Test
	void aLeaderBringsBackWhoeverObeysAHigherBallotThatNobodyLeads() {
		lead();

		reply(2, ballot(0, 2), ballot(1, 1), true);
		reply(3, ballot(0, 3), ballot(60, 4), false);
		endRound();

		assertThat(prepares()).containsExactly(ballot(61, 1));
	}

	@Test
	void aLeaderThatCannotBringBackWhomItLeavesOutIsNotContent() {
		lead();

		reply(3, ballot(0, 3), ballot(60, 4), false);
		endRound();

		assertThat(prepares()).isEmpty();
		assertThat(answerToHeartbeat().happy()).isFalse();
	}

	@Test
	void aLeaderLeavesThoseAloneWhoFollowAHigherBallotThatSomebodyIsContentWith() {
		lead();

		reply(2, ballot(0, 2), ballot(1, 1), true);
		reply(3, ballot(0, 3), ballot(60, 4), false);
		reply(5, ballot(0, 5), ballot(60, 4), true);
		endRound();

		assertThat(prepares()).isEmpty();
	}

	@Test
	void aLeaderWhoseFollowersHaveGoneOverToAnotherIsNotContentAndLeavesThemAlone() {
		lead();

		reply(2, ballot(0, 2), ballot(60, 4), true);
		reply(3, ballot(0, 3), ballot(60, 4), true);
		endRound();

		assertThat(prepares()).isEmpty();
		assertThat(answerToHeartbeat()).extracting(HeartbeatReply::leader, HeartbeatReply::happy)
			.containsExactly(ballot(1, 1), false);
	}

	@Test
	void overrulesANeighbourContentWithALowerLeaderAfterThreeUnhappyRounds() {
		follow(ballot(7, 5));
		for (int round = 1; round <= 2; round++) {
			reply(2, ballot(1, 2), ballot(3, 4), true);
			reply(3, ballot(1, 3), ballot(7, 5), false);
			endRound();
			assertThat(prepares()).isEmpty();
		}

		reply(2, ballot(1, 2), ballot(3, 4), true);
		reply(3, ballot(1, 3), ballot(7, 5), false);
		endRound();

		assertThat(prepares()).containsExactly(ballot(8, 1));
	}

	@Test
	void takesOverFromALeaderOfLowerPriority() {
		follow(ballot(7, 5));
		this.node.replica().setPriority(3);

		reply(2, ballot(1, 2), ballot(7, 5), true);
		reply(5, ballot(7, 5), ballot(7, 5), true);
		endRound();

		assertThat(prepares()).containsExactly(new Ballot(1, 8, 3, SingleReplica.SELF));
	}

	@Test
	void aLeaderWhosePriorityHasChangedTakesABallotOfThatPriority() {
		lead();

		this.node.replica().setPriority(3);
		replyAsFollowers(2, 3);
		endRound();
		assertThat(prepares()).containsExactly(new Ballot(1, 2, 3, SingleReplica.SELF));
		replyAsFollowers(2, 3);
		endRound();
		assertThat(prepares()).isEmpty();

		this.node.replica().setPriority(2);
		replyAsFollowers(2, 3);
		endRound();
		assertThat(prepares()).containsExactly(new Ballot(1, 3, 2, SingleReplica.SELF));
	}

	@Test
	void leavesALeaderAloneWhosePriorityIsNotLower() {
		Ballot led = new Ballot(1, 7, 3, new NodeId(5));
		follow(led);
		this.node.replica().setPriority(3);

		reply(2, ballot(1, 2), led, true);
		reply(5, led, led, true);
		endRound();

		assertThat(prepares()).isEmpty();
	}

	@Test
	void whoPreparesNeedsAPrepareQuorumToBeContent() {
		fourMustPromiseAndTwoAccept();
		this.node.replica().tryBecomeLeader();
		this.node.settle();

		replyAsFollowers(2, 3);
		endRound();
		assertThat(answerToHeartbeat().happy()).isFalse();

		replyAsFollowers(2, 3, 4);
		endRound();
		assertThat(answerToHeartbeat().happy()).isTrue();
	}

	@Test
	void whoLeadsNeedsAWriteQuorumToBeContent() {
		fourMustPromiseAndTwoAccept();
		this.node.replica().tryBecomeLeader();
		this.node.settle();
		Ballot led = this.node.replica().status().promise();
		for (long pid = 2; pid <= 4; pid++) {
			this.node.hear(pid, new Promise(led, EMPTY));
		}

		replyAsFollowers(2);
		endRound();
		assertThat(answerToHeartbeat().happy()).isTrue();

		endRound();
		assertThat(answerToHeartbeat().happy()).isFalse();
	}

	@Test
	void aPrepareQuorumIsNeededToTakeOver() {
		fourMustPromiseAndTwoAccept();
		follow(ballot(7, 5));

		reply(2, ballot(1, 2), ballot(7, 5), false);
		reply(3, ballot(1, 3), ballot(7, 5), false);
		endRound();
		assertThat(prepares()).isEmpty();

		reply(2, ballot(1, 2), ballot(7, 5), false);
		reply(3, ballot(1, 3), ballot(7, 5), false);
		reply(4, ballot(1, 4), ballot(7, 5), false);
		endRound();
		assertThat(prepares()).containsExactly(ballot(8, 1));
	}

	@Test
	void ignoresRepliesToAnotherLifeAndOfAnotherConfiguration() {
		follow(ballot(7, 5));
		HeartbeatRequest request = lastRequest();
		Ballot later = new Ballot(2, 70, 0, new NodeId(2));
		this.node.hear(2,
				new HeartbeatReply(request.session() + 1, request.round(), ballot(1, 2), ballot(7, 5), false, 0));
		this.node.hear(3, new HeartbeatReply(request.session(), request.round(), later, later, false, 0));
		reply(4, ballot(1, 4), ballot(7, 5), false);
		endRound();

		assertThat(prepares()).isEmpty();
	}

	@Test
	void neverLeadsAgainInABallotOfAFormerLife() {
		lead();
		Ballot led = this.node.replica().status().promise();

		this.node.sent.clear();
		this.node.restart();
		reply(2, ballot(1, 2), led, true);
		reply(3, ballot(1, 3), led, true);
		endRound();
		assertThat(prepares()).isEmpty();

		reply(2, ballot(1, 2), led, false);
		reply(3, ballot(1, 3), led, false);
		endRound();
		assertThat(prepares()).containsExactly(ballot(led.n() + 1, 1));
	}

	private void fourMustPromiseAndTwoAccept() {
		List<NodeId> five = ClusterConfig.of(1, 1, 2, 3, 4, 5).nodes();
		this.node = new SingleReplica(new ClusterConfig(1, five, new FlexibleQuorum(4, 2)), SETTINGS, null);
	}

}
