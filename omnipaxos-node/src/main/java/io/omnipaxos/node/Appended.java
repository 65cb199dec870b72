package io.omnipaxos.node;

/**
 * Where a decided entry stands.
 *
 * @param index zero-based index of the entry, or -1 when it is decided and this node
 * cannot tell where: it took a snapshot from another node that covers the entry
 */
public record Appended(long index) {

	/** Decided, at an index that is not known. */
	public static final Appended AT_UNKNOWN_INDEX = new Appended(-1);

	/** Returns whether the index is known. */
	public boolean isIndexKnown() {
		return this.index >= 0;
	}

}
