package io.omnipaxos.node;

import io.omnipaxos.core.Notice;
import io.omnipaxos.core.storage.StorageFactory;

/**
 * Notices that a log is trimmed whose nodes come back with nothing: what is gone is
 * nowhere to be had then. Not thread-safe.
 */
final class ForgetfulTrim {

	private boolean worthTelling;

	/**
	 * Begins to look.
	 * @param storageId identity of this node's data
	 * @param nodes how many nodes have the log
	 */
	ForgetfulTrim(String storageId, int nodes) {
		this.worthTelling = storageId.startsWith(StorageFactory.IN_MEMORY_ID_PREFIX) && nodes > 1;
	}

	/** Returns whether it has just become worth telling. */
	boolean begins(Notice.Compacted done) {
		if (!this.worthTelling || done.snapshot() || done.index() == 0) {
			return false;
		}
		this.worthTelling = false;
		return true;
	}

}
