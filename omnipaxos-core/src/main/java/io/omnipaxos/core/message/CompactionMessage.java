package io.omnipaxos.core.message;

import io.omnipaxos.core.model.Ballot;

/**
 * Compaction of everybody's log.
 */
public sealed interface CompactionMessage extends Message {

	/**
	 * Tells a follower to drop the entries below {@code index}, which every node has
	 * durably decided.
	 */
	record TrimLog(Ballot ballot, long index) implements CompactionMessage {

		public TrimLog {
			Checks.index(index);
		}

	}

	/**
	 * Asks a node to fold what is decided below {@code index} into its snapshot, as soon
	 * as it has decided that much itself.
	 */
	record TakeSnapshot(long index) implements CompactionMessage {

		public TakeSnapshot {
			Checks.index(index);
		}

	}

}
