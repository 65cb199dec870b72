package io.omnipaxos.storage.format;

import java.nio.ByteBuffer;
import java.util.Arrays;

import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.storage.StorageException;

/** Reads what a {@link ByteWriter} wrote. */
final class ByteReader {

	private final byte[] bytes;

	private int position = Checksum.BYTES;

	/**
	 * Creates a reader, having compared the checksum.
	 * @param bytes what {@link ByteWriter#finish} returned
	 * @param key place where they were found
	 * @param what what they are, for the message
	 * @throws StorageException if they are damaged, or belong elsewhere
	 */
	ByteReader(byte[] bytes, long key, String what) {
		if (bytes.length < Checksum.BYTES
				|| ByteBuffer.wrap(bytes).getInt() != Checksum.of(key, bytes, Checksum.BYTES, bytes.length)) {
			throw new StorageException("The stored %s at %d is damaged: the checksum is wrong".formatted(what, key),
					null);
		}
		this.bytes = bytes;
	}

	int readByte() {
		return this.bytes[this.position++];
	}

	long readLong() {
		long value = 0;
		int shift = 0;
		byte next;
		do {
			next = this.bytes[this.position++];
			value |= (next & 0x7FL) << shift;
			shift += 7;
		}
		while (next < 0);
		return value;
	}

	int readInt() {
		return Math.toIntExact(readLong());
	}

	Payload readPayload() {
		int length = readInt();
		int from = this.position;
		this.position += length;
		return Payload.of(Arrays.copyOfRange(this.bytes, from, this.position));
	}

	void skip(int length) {
		this.position += length;
	}

	/** Returns all that is left. */
	byte[] rest() {
		return Arrays.copyOfRange(this.bytes, this.position, this.bytes.length);
	}

}
