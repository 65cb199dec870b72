package io.omnipaxos.storage.format;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.model.Payload;

/**
 * Some bytes of a snapshot, as they are stored: a snapshot of any size is kept in chunks
 * of a bounded one.
 *
 * @param offset place of the first byte in the snapshot
 * @param data the bytes
 */
public record SnapshotChunk(long offset, Payload data) {

	private static final int MAX_BYTES = 256 * 1024;

	private static final int NUMBER_SHIFT = 40;

	/** Cuts a piece of a snapshot into chunks; one without bytes has none. */
	public static List<SnapshotChunk> of(long offset, Payload piece) {
		List<SnapshotChunk> chunks = new ArrayList<>();
		for (int from = 0; from < piece.size(); from += MAX_BYTES) {
			chunks.add(new SnapshotChunk(offset + from, piece.slice(from, Math.min(piece.size(), from + MAX_BYTES))));
		}
		return chunks;
	}

	/**
	 * Reads a chunk.
	 * @param snapshotNumber number of the snapshot
	 * @param offset place of its first byte
	 * @param bytes what {@link #toBytes} returned
	 * @return chunk
	 */
	public static SnapshotChunk stored(long snapshotNumber, long offset, byte[] bytes) {
		ByteReader in = new ByteReader(bytes, key(snapshotNumber, offset), "snapshot");
		return new SnapshotChunk(offset, Payload.of(in.rest()));
	}

	/**
	 * Returns the chunk in bytes.
	 * @param snapshotNumber number of the snapshot
	 */
	public byte[] toBytes(long snapshotNumber) {
		ByteWriter out = new ByteWriter(this.data.size());
		out.writeBytes(this.data.array());
		return out.finish(key(snapshotNumber, this.offset));
	}

	private static long key(long snapshotNumber, long offset) {
		return (snapshotNumber << NUMBER_SHIFT) ^ offset;
	}

}
