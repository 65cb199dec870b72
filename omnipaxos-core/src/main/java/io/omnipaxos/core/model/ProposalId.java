package io.omnipaxos.core.model;

/**
 * Tells one proposal from every other that was ever made. A node counts its proposals
 * anew in each of its lives, and the leader admits them only in that order, which is what
 * makes an append decided exactly once.
 *
 * @param pid node that proposed
 * @param session life of that node, a counter that its storage raises at every start
 * @param seq place in the session's order: 1, 2, 3, ...
 */
public record ProposalId(NodeId pid, long session, long seq) {

	public ProposalId {
		if (session < 1 || seq < 1) {
			throw new IllegalArgumentException(
					"Session and sequence start at 1, not %d and %d".formatted(session, seq));
		}
	}

	@Override
	public String toString() {
		return "%s.%d.%d".formatted(this.pid, this.session, this.seq);
	}

}
