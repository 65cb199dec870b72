package io.omnipaxos.storage.format;

import java.nio.ByteBuffer;
import java.util.Arrays;

import io.omnipaxos.core.model.Payload;

/**
 * Bytes that begin with their own checksum. The checksum also covers a key, the place
 * where they belong: found elsewhere, they are as wrong as if they were damaged.
 */
final class ByteWriter {

	private byte[] bytes;

	private int size = Checksum.BYTES;

	/**
	 * Creates a writer.
	 * @param expected number of bytes to make room for
	 */
	ByteWriter(int expected) {
		this.bytes = new byte[Checksum.BYTES + Math.max(16, expected)];
	}

	/** Writes one byte. */
	void writeByte(int value) {
		ensure(1);
		this.bytes[this.size++] = (byte) value;
	}

	/** Writes a number, in the fewer bytes the closer it is to zero from above. */
	void writeLong(long value) {
		ensure(10);
		long rest = value;
		while ((rest & ~0x7FL) != 0) {
			this.bytes[this.size++] = (byte) (rest | 0x80);
			rest >>>= 7;
		}
		this.bytes[this.size++] = (byte) rest;
	}

	/** Writes bytes, and before them how many they are. */
	void writePayload(Payload payload) {
		writeLong(payload.size());
		writeBytes(payload.array());
	}

	/** Writes bytes as they are. */
	void writeBytes(byte[] source) {
		ensure(source.length);
		System.arraycopy(source, 0, this.bytes, this.size, source.length);
		this.size += source.length;
	}

	/**
	 * Returns what was written, with its checksum.
	 * @param key place where it belongs
	 */
	byte[] finish(long key) {
		int checksum = Checksum.of(key, this.bytes, Checksum.BYTES, this.size);
		ByteBuffer.wrap(this.bytes).putInt(checksum);
		return (this.bytes.length == this.size) ? this.bytes : Arrays.copyOf(this.bytes, this.size);
	}

	private void ensure(int more) {
		int needed = Math.addExact(this.size, more);
		if (needed > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, (int) Math.min(Integer.MAX_VALUE - 8, 2L * needed));
		}
	}

}
