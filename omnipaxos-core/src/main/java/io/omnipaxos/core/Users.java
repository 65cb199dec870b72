package io.omnipaxos.core;

/**
 * What this node's users wait for.
 *
 * @param proposals appends until they are decided
 * @param barriers reads until they may be answered
 * @param delivery what is decided, in its order
 */
record Users(Proposals proposals, ReadBarriers barriers, Delivery delivery) {

	static Users of(Local local, long session) {
		Proposals proposals = new Proposals(local, session);
		ReadBarriers barriers = new ReadBarriers(local, session);
		return new Users(proposals, barriers, new Delivery(local, proposals, barriers));
	}

	/** Turns what has gathered since the last drain into messages and notices. */
	void flush(RoleState role) {
		this.proposals.flush(role);
		this.barriers.flush(role);
		this.delivery.deliver();
	}

	/** A resend timeout is over. */
	void resend() {
		this.proposals.resend();
		this.barriers.sendAgain();
	}

	/** Somebody else leads. What is proposed is sent again once this node is in step. */
	void leaderChanged() {
		this.barriers.sendAgain();
	}

}
