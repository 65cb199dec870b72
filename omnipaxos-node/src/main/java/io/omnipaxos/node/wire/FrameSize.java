package io.omnipaxos.node.wire;

import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.CatchUpMessage.SnapshotPiece;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.message.PrepareMessage.UndecidedPiece;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.model.Entry;

/**
 * What messages are taken to cost in a frame. The writer plans by these figures and the
 * reader holds every frame to them, so that a small frame can't become a large heap.
 */
final class FrameSize {

	/** Everything about a message but its entries, bytes and sessions. */
	static final int MESSAGE = 256;

	/** A row of a session table. */
	static final int SESSION = 64;

	private FrameSize() {
	}

	static long of(Message message) {
		if (message instanceof AcceptDecide accept) {
			return MESSAGE + Entry.sizeOf(accept.entries());
		}
		if (message instanceof AcceptSync sync) {
			return MESSAGE + Entry.sizeOf(sync.entries());
		}
		if (message instanceof Propose propose) {
			return MESSAGE + Entry.sizeOf(propose.entries());
		}
		if (message instanceof DecidedPiece piece) {
			return MESSAGE + Entry.sizeOf(piece.entries());
		}
		if (message instanceof UndecidedPiece piece) {
			return MESSAGE + Entry.sizeOf(piece.entries());
		}
		if (message instanceof SnapshotPiece piece) {
			return MESSAGE + piece.data().size() + (long) SESSION * piece.sessions().last().size();
		}
		return MESSAGE;
	}

}
