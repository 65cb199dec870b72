package io.omnipaxos.test.simulation;

import java.util.List;

import io.omnipaxos.core.Limits;
import io.omnipaxos.core.ReplicaStatus;
import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.CatchUpMessage.SnapshotPiece;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.message.PrepareMessage.UndecidedPiece;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.model.Entry;

/** Everything that could grow stays below its bound. */
final class BoundRules {

	private final Limits limits;

	private final int bufferSize;

	BoundRules(ServerConfig server) {
		this.limits = server.limits();
		this.bufferSize = server.bufferSize();
	}

	void sent(Envelope envelope) {
		Message message = envelope.message();
		if (message instanceof AcceptDecide accept) {
			inPieces(envelope, accept.entries());
		}
		else if (message instanceof AcceptSync sync) {
			must(bytes(sync.entries()) <= this.limits.maxMessageBytes(), "a message fits its limit", envelope);
		}
		else if (message instanceof Propose propose) {
			inPieces(envelope, propose.entries());
		}
		else if (message instanceof UndecidedPiece piece) {
			inPieces(envelope, piece.entries());
		}
		else if (message instanceof DecidedPiece piece) {
			inPieces(envelope, piece.entries());
		}
		else if (message instanceof SnapshotPiece piece) {
			must(piece.data().size() <= this.limits.maxPieceBytes(), "a piece fits its limit", envelope);
		}
	}

	private void inPieces(Envelope envelope, List<Entry> entries) {
		must(entries.size() <= 1 || bytes(entries) <= this.limits.maxPieceBytes(), "a piece fits its limit", envelope);
	}

	/** Checks the messages for one peer that one drain returned. */
	void drained(List<Envelope> messages) {
		if (messages.size() <= this.bufferSize) {
			return;
		}
		for (Envelope first : messages) {
			long same = messages.stream().filter((other) -> other.to().equals(first.to())).count();
			must(same <= this.bufferSize, "messages for a peer fit the buffer", first);
		}
	}

	/** Checks what a node holds for its own user. */
	void pending(SimulatedNode node) {
		ReplicaStatus status = node.core().status();
		long bytes = status.pendingBytes();
		must(status.pending() == 1 || bytes <= this.limits.maxPendingBytes(),
				"pending proposals fit their limit, or there is only one",
				"%s holds %d bytes".formatted(node.pid(), bytes));
	}

	/** Checks what a node's disk holds that may never be decided. */
	void undecided(DiskLedger ledger) {
		must(ledger.undecidedBytesBeforeTheLast() < this.limits.maxUndecidedBytes(),
				"no entry is let in when too much is undecided", ledger);
	}

	private static long bytes(List<Entry> entries) {
		long bytes = 0;
		for (Entry entry : entries) {
			bytes += entry.size();
		}
		return bytes;
	}

	private void must(boolean holds, String rule, Object what) {
		if (!holds) {
			throw new InvariantViolation(rule, what + " with " + this.limits, null);
		}
	}

}
