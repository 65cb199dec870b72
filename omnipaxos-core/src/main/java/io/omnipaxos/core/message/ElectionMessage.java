package io.omnipaxos.core.message;

import io.omnipaxos.core.model.Ballot;

/**
 * Ballot Leader Election: who hears whom, and whom they follow.
 */
public sealed interface ElectionMessage extends Message {

	/**
	 * Asks whether the receiver is there.
	 *
	 * @param session life of the sender, so that an answer to a former life is no answer
	 * @param round heartbeat round of the sender
	 */
	record HeartbeatRequest(long session, long round) implements ElectionMessage {
	}

	/**
	 * Answers a {@link HeartbeatRequest}, whose two numbers it repeats.
	 *
	 * @param session session of the request
	 * @param round round of the request
	 * @param ballot own ballot of the sender
	 * @param leader ballot that the sender follows
	 * @param happy whether the sender sees no need for another leader
	 * @param decidedIndex how far the sender's log is decided
	 */
	record HeartbeatReply(long session, long round, Ballot ballot, Ballot leader, boolean happy,
			long decidedIndex) implements ElectionMessage {

		public HeartbeatReply {
			Checks.index(decidedIndex);
		}

	}

}
