package io.omnipaxos.autoconfigure.http;

import java.nio.ByteBuffer;

/**
 * Frames that leave for a peer together: in one slice, unless a message is so long that
 * nobody could tell for too long whether the peer takes anything of it. For one thread at
 * a time.
 */
final class Chunk {

	private final ByteBuffer bytes;

	private final int messages;

	/**
	 * Creates a chunk of which nothing has left.
	 * @param bytes its frames
	 * @param messages how many messages they hold
	 */
	Chunk(byte[] bytes, int messages) {
		this.bytes = ByteBuffer.wrap(bytes);
		this.messages = messages;
	}

	int messages() {
		return this.messages;
	}

	/** Whether all of it has left. */
	boolean hasLeft() {
		return !this.bytes.hasRemaining();
	}

	/** Returns the bytes that are next, up to a number of them, as they are here. */
	ByteBuffer next(int maxBytes) {
		int length = Math.min(maxBytes, this.bytes.remaining());
		ByteBuffer slice = this.bytes.slice(this.bytes.position(), length);
		this.bytes.position(this.bytes.position() + length);
		return slice;
	}

}
