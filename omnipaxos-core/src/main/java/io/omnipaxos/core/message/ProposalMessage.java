package io.omnipaxos.core.message;

import java.util.List;

import io.omnipaxos.core.model.Entry;

/**
 * The way of a proposal from the node that made it to the leader.
 */
public sealed interface ProposalMessage extends Message {

	/** Hands proposals of the sender to the leader, in their order. */
	record Propose(List<Entry> entries) implements ProposalMessage {

		public Propose {
			entries = List.copyOf(entries);
		}

	}

	/**
	 * Tells a proposer which of its proposals the leader would admit next.
	 *
	 * @param session session of the last one admitted, zero when there was none
	 * @param seq number within that session that is next
	 */
	record Expect(long session, long seq) implements ProposalMessage {

		public Expect {
			if (session < 0 || seq < 1) {
				throw new IllegalArgumentException("No proposal is %d.%d".formatted(session, seq));
			}
		}

	}

}
