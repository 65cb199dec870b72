package io.omnipaxos.core;

import java.util.Optional;
import java.util.function.Function;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.LogSource;
import org.jspecify.annotations.Nullable;

/**
 * A piece of the log that a peer has asked for, and that is still to be read from the
 * storage.
 * <p>
 * What it says was true, and durable, when it was asked for, and stays true: it may be
 * read at any time by any thread, and its message be sent as if it had been made at once
 * and were late. If it is never read, the peer asks again. Immutable.
 */
public final class PieceReading {

	private final NodeId to;

	private final Function<Message, Envelope> addressing;

	private final Function<LogSource, @Nullable Message> piece;

	PieceReading(NodeId to, Function<Message, Envelope> addressing, Function<LogSource, @Nullable Message> piece) {
		this.to = to;
		this.addressing = addressing;
		this.piece = piece;
	}

	/** Returns who has asked. */
	public NodeId to() {
		return this.to;
	}

	/**
	 * Reads the piece. Throws what the source throws.
	 * @param source where the log is
	 * @return message to send, or nothing when what was asked for has been compacted
	 * meanwhile
	 */
	public Optional<Envelope> read(LogSource source) {
		return Optional.ofNullable(this.piece.apply(source)).map(this.addressing);
	}

}
