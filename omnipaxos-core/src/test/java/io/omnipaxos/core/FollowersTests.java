package io.omnipaxos.core;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.omnipaxos.core.model.NodeId;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FollowersTests {

	private static final List<NodeId> PEERS = List.of(new NodeId(2), new NodeId(3), new NodeId(4), new NodeId(5));

	private final Followers followers = new Followers(PEERS);

	@RepeatedTest(20)
	void aQuorumHoldsWhatItsLeastMemberHolds(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		long[] matches = random.longs(PEERS.size() + 1, 0, 6).toArray();
		for (int i = 0; i < PEERS.size(); i++) {
			progress(i).accepted(matches[i], 0);
		}
		long own = matches[PEERS.size()];
		Arrays.sort(matches);
		for (int quorum = 1; quorum <= matches.length; quorum++) {
			assertThat(this.followers.heldBy(quorum, own)).as("held by %d of %s", quorum, Arrays.toString(matches))
				.isEqualTo(matches[matches.length - quorum]);
		}
	}

	@Test
	void whoHasConfirmedNothingHoldsNothing() {
		progress(0).accepted(7, 0);
		assertThat(this.followers.heldBy(2, 9)).isEqualTo(7);
		assertThat(this.followers.heldBy(3, 9)).isEqualTo(-1);
	}

	@Test
	void theSuccessorIsTheOneOfMostAmongThoseWhoAreThere() {
		progress(0).accepted(3, 0);
		progress(1).accepted(5, 0);
		progress(2).accepted(9, 0);
		assertThat(this.followers.ofMost((peer) -> !peer.equals(PEERS.get(2)))).contains(PEERS.get(1));
		assertThat(this.followers.ofMost((peer) -> peer.equals(PEERS.get(3)))).isEmpty();
	}

	private FollowerProgress progress(int follower) {
		return this.followers.all().get(follower).progress();
	}

}
