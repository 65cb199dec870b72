package io.omnipaxos.core.model;

import java.util.List;

/**
 * One place of the replicated log. Travels and is stored as it was proposed.
 */
public sealed interface Entry {

	/** What an entry is taken to cost beside its bytes, wherever a limit counts bytes. */
	int OVERHEAD = 64;

	/** What a node that a stop-sign names is taken to cost. */
	int NODE_OVERHEAD = 32;

	/** Returns whose proposal this is. */
	ProposalId id();

	/** Returns the size of what the user gave, in bytes. */
	int contentSize();

	/**
	 * Returns the size that limits count, in bytes: the content and {@link #OVERHEAD}.
	 */
	int size();

	/** Returns the size of several entries together. */
	static long sizeOf(List<Entry> entries) {
		long bytes = 0;
		// Without an iterator: this is done for every message.
		for (int i = 0; i < entries.size(); i++) {
			bytes += entries.get(i).size();
		}
		return bytes;
	}

	/**
	 * What a user appended.
	 *
	 * @param id whose proposal this is
	 * @param payload entry as the log's codec wrote it
	 */
	record Command(ProposalId id, Payload payload) implements Entry {

		@Override
		public int contentSize() {
			return this.payload.size();
		}

		@Override
		public int size() {
			return OVERHEAD + this.payload.size();
		}

	}

	/**
	 * Ends a configuration and names the next. Always the last entry of a log.
	 *
	 * @param id whose proposal this is
	 * @param next configuration that follows
	 * @param metadata whatever the user wants decided along with it
	 */
	record StopSign(ProposalId id, ClusterConfig next, Payload metadata) implements Entry {

		@Override
		public int contentSize() {
			return this.metadata.size();
		}

		@Override
		public int size() {
			return OVERHEAD + NODE_OVERHEAD * this.next.nodes().size() + this.metadata.size();
		}

	}

}
