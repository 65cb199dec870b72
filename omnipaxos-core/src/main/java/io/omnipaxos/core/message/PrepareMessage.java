package io.omnipaxos.core.message;

import java.util.List;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;

/**
 * Prepare phase of Sequence Paxos: a new leader gathers promises and adopts the most
 * recent log among them.
 */
public sealed interface PrepareMessage extends Message {

	/** Ballot that the message speaks for. */
	Ballot ballot();

	/** Opens a ballot: the new leader shows how much log it has and asks for promises. */
	record Prepare(Ballot ballot, LogPosition position) implements PrepareMessage {
	}

	/**
	 * Promises to obey no lower ballot, and shows how much log the sender has. Carries no
	 * entries: of a whole quorum only one log is wanted.
	 */
	record Promise(Ballot ballot, LogPosition position) implements PrepareMessage {
	}

	/**
	 * Refuses a ballot.
	 *
	 * @param ballot ballot that is refused
	 * @param promise higher ballot that the sender has promised
	 */
	record NotAccepted(Ballot ballot, Ballot promise) implements PrepareMessage {
	}

	/**
	 * Asks for undecided entries of the log that a promise showed.
	 *
	 * @param ballot ballot of the asking leader
	 * @param of promise whose log is meant, by its three numbers
	 * @param from first index wanted
	 */
	record FetchUndecided(Ballot ballot, LogPosition of, long from) implements PrepareMessage {

		public FetchUndecided {
			Checks.index(from);
		}

	}

	/** Answers {@link FetchUndecided} with as many entries as fit a message. */
	record UndecidedPiece(Ballot ballot, LogPosition of, long from, List<Entry> entries) implements PrepareMessage {

		public UndecidedPiece {
			entries = List.copyOf(entries);
			Checks.range(from, entries.size());
		}

	}

}
