package io.omnipaxos.node;

/**
 * This node cannot tell whether an entry was appended: it stopped after the entry had
 * been proposed, or the others know a later life of this node, whose storage was brought
 * back from a copy. The entry may be decided, or not, or later.
 */
public class OutcomeUnknownException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public OutcomeUnknownException(String message) {
		super(message);
	}

}
