package io.omnipaxos.storage.format;

import java.util.Arrays;

import io.omnipaxos.core.model.Payload;

/** Gathers the chunks of a snapshot into the piece that a read asks for. */
public final class SnapshotPiece {

	private final byte[] bytes;

	private final long offset;

	private int filled;

	/**
	 * Creates an empty piece.
	 * @param offset first byte of the snapshot that is wanted
	 * @param size number of bytes wanted
	 */
	public SnapshotPiece(long offset, int size) {
		this.offset = offset;
		this.bytes = new byte[size];
	}

	/**
	 * Takes what is wanted of a chunk; one that is not the next is left alone.
	 * @return whether the piece is not complete
	 */
	public boolean add(SnapshotChunk chunk) {
		long skipped = this.offset + this.filled - chunk.offset();
		int size = chunk.data().size();
		if (skipped >= 0 && skipped < size) {
			int taken = (int) Math.min(size - skipped, this.bytes.length - this.filled);
			System.arraycopy(chunk.data().array(), (int) skipped, this.bytes, this.filled, taken);
			this.filled += taken;
		}
		return this.filled < this.bytes.length;
	}

	/** Returns the byte of the snapshot that is wanted next. */
	public long next() {
		return this.offset + this.filled;
	}

	/** Returns what was gathered. */
	public Payload payload() {
		return Payload.of((this.filled == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.filled));
	}

}
