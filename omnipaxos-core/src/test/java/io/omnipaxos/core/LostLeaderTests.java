package io.omnipaxos.core;

import io.omnipaxos.core.ReplicaStatus.PeerStatus;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.model.NodeId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node learns from its streams that its leader is gone, before a whole heartbeat round
 * has shown it.
 */
class LostLeaderTests extends AbstractElectionTests {

	@Test
	void whoDoesNotReachItsLeaderAnyMoreIsNotContentAndDoesNotCountItsAnswer() {
		follow(ballot(7, 5));
		reply(5, ballot(7, 5), ballot(7, 5), true);

		disconnected(5);

		assertThat(answerToHeartbeat()).extracting(HeartbeatReply::leader, HeartbeatReply::happy)
			.containsExactly(ballot(7, 5), false);
		reply(2, ballot(1, 2), ballot(7, 5), false);
		reply(3, ballot(1, 3), ballot(7, 5), false);
		endRound();
		assertThat(prepares()).containsExactly(ballot(8, 1));
	}

	@Test
	void aLeaderThatIsNotReachedAnyMoreIsNotReplacedWhileANeighbourIsContentWithIt() {
		follow(ballot(7, 5));
		reply(5, ballot(7, 5), ballot(7, 5), true);
		reply(2, ballot(1, 2), ballot(7, 5), true);
		reply(3, ballot(1, 3), ballot(7, 5), true);

		disconnected(5);
		endRound();

		assertThat(prepares()).isEmpty();
		assertThat(answerToHeartbeat().happy()).isFalse();
	}

	@Test
	void aLeaderThatIsNotReachedAnyMoreIsNotPartOfAQuorum() {
		follow(ballot(7, 5));
		reply(5, ballot(7, 5), ballot(7, 5), true);
		reply(2, ballot(1, 2), ballot(7, 5), false);

		disconnected(5);
		endRound();

		assertThat(prepares()).isEmpty();
		assertThat(this.node.replica().status().connectivity().prepareQuorum()).isFalse();
	}

	@Test
	void aLeaderThatIsReachedAgainWithinTheRoundIsFollowedAsIfNothingHadBeen() {
		follow(ballot(7, 5));
		reply(5, ballot(7, 5), ballot(7, 5), true);
		disconnected(5);
		reply(2, ballot(1, 2), ballot(7, 5), false);
		reply(3, ballot(1, 3), ballot(7, 5), false);

		this.node.replica().reconnected(new NodeId(5));
		assertThat(answerToHeartbeat().happy()).isTrue();
		endRound();

		assertThat(prepares()).isEmpty();
		assertThat(answerToHeartbeat().happy()).isTrue();
	}

	@Test
	void anAnswerThatALostLeaderHadStillSentCountsOnlyWhenItIsReachedAgain() {
		follow(ballot(7, 5));
		disconnected(5);
		reply(5, ballot(7, 5), ballot(7, 5), true);
		endRound();
		assertThat(answerToHeartbeat().happy()).isFalse();

		disconnected(5);
		reply(5, ballot(7, 5), ballot(7, 5), true);
		this.node.replica().reconnected(new NodeId(5));
		endRound();
		assertThat(answerToHeartbeat().happy()).isTrue();
	}

	@Test
	void aLossIsForgottenWithItsRound() {
		follow(ballot(7, 5));
		disconnected(5);
		reply(2, ballot(1, 2), ballot(7, 5), true);
		endRound();

		reply(5, ballot(7, 5), ballot(7, 5), true);
		reply(2, ballot(1, 2), ballot(7, 5), false);
		reply(3, ballot(1, 3), ballot(7, 5), false);
		endRound();

		assertThat(prepares()).isEmpty();
		assertThat(answerToHeartbeat().happy()).isTrue();
	}

	@Test
	void onlyTheLossOfTheLeaderMatters() {
		follow(ballot(7, 5));
		reply(5, ballot(7, 5), ballot(7, 5), true);
		reply(2, ballot(1, 2), ballot(7, 5), false);
		reply(3, ballot(1, 3), ballot(7, 5), false);

		disconnected(2);
		disconnected(77);
		endRound();

		assertThat(prepares()).isEmpty();
		assertThat(answerToHeartbeat().happy()).isTrue();
		assertThat(this.node.replica().status().peers()).filteredOn(PeerStatus::connected).hasSize(3);
	}

	@Test
	void aLeaderCountsAFollowerWhoseConnectionIsLostUntilTheRoundInWhichItIsSilent() {
		lead();
		replyAsFollowers(2, 3);

		disconnected(2);
		disconnected(3);
		endRound();
		assertThat(answerToHeartbeat().happy()).isTrue();

		endRound();
		assertThat(answerToHeartbeat().happy()).isFalse();
	}

	@Test
	void whoTakesOverFromALostLeaderCountsItAsOneOfItsFollowers() {
		follow(ballot(7, 5));
		reply(5, ballot(9, 5), ballot(9, 5), true);
		disconnected(5);

		this.node.replica().tryBecomeLeader();
		this.node.settle();
		assertThat(prepares()).containsExactly(ballot(10, 1));
		reply(2, ballot(1, 2), ballot(7, 5), true);
		endRound();

		assertThat(answerToHeartbeat().happy()).isTrue();
	}

	private void disconnected(long pid) {
		this.node.replica().disconnected(new NodeId(pid));
		this.node.settle();
	}

}
