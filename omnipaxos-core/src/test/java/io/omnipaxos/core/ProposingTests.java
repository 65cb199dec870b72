package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.ProposalMessage.Expect;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Node 1 follows node 3 and proposes: what it sends to its leader, when, and how much of
 * it at once. Every proposal is equally long.
 */
class ProposingTests {

	private final Proposer proposer = new Proposer();

	private final SingleReplica node = this.proposer.node;

	@Test
	void sendsNothingToALeaderThatItIsNotInStepWith() {
		this.node.hear(3, new Prepare(Proposer.FIRST, Proposer.EMPTY));

		this.proposer.append(1);

		assertThat(this.proposer.proposed()).isEmpty();
		assertThat(this.node.replica().status().pending()).isOne();
	}

	@Test
	void sendsWhatWaitedAsSoonAsItIsInStep() {
		this.proposer.append(2);

		this.proposer.follow();

		assertThat(this.proposer.proposed()).containsExactly("1-2");
	}

	@Test
	void sendsEachProposalOnce() {
		this.proposer.follow();

		this.proposer.append(1);
		this.proposer.append(1);

		assertThat(this.proposer.proposed()).containsExactly("1-1", "2-2");
	}

	@Test
	void sendsAtMostAWindowInPieces() {
		this.proposer.follow();

		this.proposer.append(9);

		assertThat(this.proposer.proposed()).containsExactly("1-2", "3-4", "5-5");
	}

	@Test
	void whatIsDecidedOpensTheWindow() {
		this.proposer.follow();
		this.proposer.append(9);
		this.proposer.proposed();

		this.proposer.decide(1, 2);

		assertThat(this.proposer.proposed()).containsExactly("6-7");
		assertThat(this.node.replica().status()).extracting(ReplicaStatus::pending, ReplicaStatus::pendingBytes)
			.containsExactly(7, 7L * Proposer.SIZE);
	}

	@Test
	void sendsEverythingAgainThatDoesNotMoveForAResendTimeout() {
		this.proposer.follow();
		this.proposer.append(3);
		this.proposer.proposed();

		this.node.tick(10);
		assertThat(this.proposer.proposed()).isEmpty();
		this.node.tick(10);
		assertThat(this.proposer.proposed()).containsExactly("1-2", "3-3");
	}

	@Test
	void sendsNothingAgainWhileProposalsAreDecided() {
		this.proposer.follow();
		this.proposer.append(3);
		this.node.tick(10);
		this.proposer.decide(1, 1);
		this.proposer.proposed();

		this.node.tick(10);

		assertThat(this.proposer.proposed()).isEmpty();
	}

	@Test
	void sendsEverythingAgainToALeaderThatIsBack() {
		this.proposer.follow();
		this.proposer.append(3);
		this.proposer.proposed();

		this.node.replica().reconnected(new NodeId(3));
		this.node.settle();

		assertThat(this.proposer.proposed()).containsExactly("1-2", "3-3");
	}

	@Test
	void sendsEverythingAgainToANewLeader() {
		this.proposer.follow();
		this.proposer.append(3);
		this.proposer.proposed();

		Ballot next = new Ballot(1, 6, 0, new NodeId(2));
		this.node.hear(2, new Prepare(next, Proposer.EMPTY));
		this.node.hear(2, new AcceptSync(next, new LogPosition(Proposer.FIRST, 0, 0), 0, List.of(), 0));

		assertThat(this.proposer.proposed()).containsExactly("1-2", "3-3");
	}

	@Test
	void goesOnFromWhatItsLeaderExpects() {
		this.proposer.follow();
		this.proposer.append(9);
		this.proposer.proposed();

		this.node.hear(3, new Expect(1, 3));
		assertThat(this.proposer.proposed()).containsExactly("3-4", "5-5");
		this.node.hear(3, new Expect(1, 1));
		assertThat(this.proposer.proposed()).containsExactly("1-2", "3-4", "5-5");
	}

	@Test
	void sendsNothingThatItsLeaderHas() {
		this.proposer.follow();
		this.proposer.append(9);
		this.proposer.proposed();

		this.node.hear(3, new Expect(1, 10));
		this.proposer.decide(1, 2);

		assertThat(this.proposer.proposed()).isEmpty();
	}

	@Test
	void doesNotGoOnFromWhatIsDecidedOrWasNeverProposed() {
		this.proposer.follow();
		this.proposer.append(3);
		this.proposer.decide(1, 2);
		this.proposer.proposed();

		this.node.hear(3, new Expect(1, 2));
		this.node.hear(3, new Expect(1, 5));

		assertThat(this.proposer.proposed()).isEmpty();
	}

	@Test
	void sendsEverythingAgainToALeaderThatExpectsAFormerLife() {
		this.proposer.follow();
		this.proposer.append(3);
		this.proposer.proposed();

		this.node.hear(3, new Expect(0, 1));

		assertThat(this.proposer.proposed()).containsExactly("1-2", "3-3");
	}

	@Test
	void believesOnlyItsLeader() {
		this.proposer.follow();
		this.proposer.append(3);
		this.proposer.proposed();

		this.node.hear(2, new Expect(1, 1));

		assertThat(this.proposer.proposed()).isEmpty();
	}

}
