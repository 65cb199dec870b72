package io.omnipaxos.node;

/**
 * A proposal of this node that waits to be decided.
 */
interface PendingAppend {

	/** Returns the bytes that it holds of the {@link AppendBudget}. */
	int size();

	void decided(Appended where);

	void failed(RuntimeException reason);

}
