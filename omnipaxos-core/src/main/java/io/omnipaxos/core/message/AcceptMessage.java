package io.omnipaxos.core.message;

import java.util.List;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;

/**
 * Accept phase of Sequence Paxos. Within a ballot the leader's log only grows, so an
 * index identifies an entry, and no message needs a sequence number.
 */
public sealed interface AcceptMessage extends Message {

	/** Ballot that the message speaks for. */
	Ballot ballot();

	/**
	 * Answers one promise: makes the follower's log equal to the leader's.
	 *
	 * @param ballot ballot of the leader
	 * @param of promise that is answered, by its three numbers
	 * @param syncIndex where the follower's log is cut
	 * @param entries what stands there instead; at least up to the leader's sync point
	 * @param decidedIndex how far the leader's log is decided
	 */
	record AcceptSync(Ballot ballot, LogPosition of, long syncIndex, List<Entry> entries,
			long decidedIndex) implements AcceptMessage {

		public AcceptSync {
			entries = List.copyOf(entries);
			Checks.range(syncIndex, entries.size());
			Checks.index(decidedIndex);
		}

	}

	/**
	 * Replicates entries, and in the same breath tells how far the log is decided.
	 * Without entries it is a probe.
	 *
	 * @param ballot ballot of the leader
	 * @param from index of the first entry
	 * @param entries entries that stand there
	 * @param decidedIndex how far the leader's log is decided
	 */
	record AcceptDecide(Ballot ballot, long from, List<Entry> entries, long decidedIndex) implements AcceptMessage {

		public AcceptDecide {
			entries = List.copyOf(entries);
			Checks.range(from, entries.size());
			Checks.index(decidedIndex);
		}

	}

	/**
	 * Acknowledges that everything below {@code acceptedIndex} is on the sender's disk.
	 *
	 * @param ballot ballot that the sender is in step with
	 * @param acceptedIndex length of its log
	 * @param decidedIndex how much of it the sender knows durably to be decided
	 * @param gap whether the sender missed something in between
	 */
	record Accepted(Ballot ballot, long acceptedIndex, long decidedIndex, boolean gap) implements AcceptMessage {

		public Accepted {
			Checks.index(acceptedIndex);
			Checks.index(decidedIndex);
		}

	}

	/**
	 * Tells a follower that it lacks more decided entries than fit a message, and is to
	 * fetch them from whoever has them.
	 *
	 * @param ballot ballot of the leader
	 * @param decidedIndex what the follower is to reach
	 * @param source whoever has all of it and is to be asked first, the leader only where
	 * nobody else has, or {@link NodeId#NONE} where nobody is named
	 */
	record CatchUp(Ballot ballot, long decidedIndex, NodeId source) implements AcceptMessage {

		public CatchUp {
			Checks.index(decidedIndex);
		}

	}

	/**
	 * Asks the follower that has most of the log to take over, because the leader is
	 * about to stop.
	 *
	 * @param ballot ballot of the leader
	 */
	record HandOver(Ballot ballot) implements AcceptMessage {
	}

}
