package io.omnipaxos.core.message;

import java.util.List;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * Catch-up: decided entries never change, so anyone may give them to anyone.
 */
public sealed interface CatchUpMessage extends Message {

	/**
	 * Asks for one piece of what is decided.
	 *
	 * @param from decided index of the sender: the first entry it lacks
	 * @param snapshot snapshot of which the sender has received a part, or {@code null}
	 * @param offset how many bytes of that snapshot it has
	 */
	record FetchDecided(long from, @Nullable SnapshotId snapshot, long offset) implements CatchUpMessage {

		public FetchDecided {
			Checks.index(from);
			Checks.index(offset);
		}

	}

	/**
	 * A piece of decided entries.
	 *
	 * @param promise durable promise of the sender; whoever takes the piece promises it
	 * too
	 * @param from index of the first entry
	 * @param entries decided entries
	 * @param decidedIndex how far the sender's log is decided
	 */
	record DecidedPiece(Ballot promise, long from, List<Entry> entries, long decidedIndex) implements CatchUpMessage {

		public DecidedPiece {
			entries = List.copyOf(entries);
			Checks.range(from, entries.size());
			Checks.index(decidedIndex);
		}

	}

	/**
	 * A piece of a snapshot, sent where the entries are no longer to be had. Pieces
	 * belong together only under the same id and from the same sender.
	 *
	 * @param promise durable promise of the sender; whoever takes the piece promises it
	 * too
	 * @param from decided index that the request named
	 * @param snapshot what the snapshot is of
	 * @param size bytes of the whole snapshot
	 * @param offset where in the snapshot this piece begins
	 * @param data bytes of the piece
	 * @param sessions session table at the snapshot's index
	 */
	record SnapshotPiece(Ballot promise, long from, SnapshotId snapshot, long size, long offset, Payload data,
			SessionTable sessions) implements CatchUpMessage {

		public SnapshotPiece {
			Checks.index(from);
			Checks.index(offset);
			if (Math.addExact(offset, data.size()) > size) {
				throw new IllegalArgumentException(
						"A piece of %d bytes at %d exceeds a snapshot of %d".formatted(data.size(), offset, size));
			}
		}

	}

	/**
	 * Says that the sender cannot give what was asked for.
	 *
	 * @param from decided index that the request named
	 * @param compactedIndex first index that the sender still has
	 */
	record NotAvailable(long from, long compactedIndex) implements CatchUpMessage {

		public NotAvailable {
			Checks.index(from);
			Checks.index(compactedIndex);
		}

	}

}
